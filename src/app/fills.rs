//! Large grounds of one colour, filled by the shortest program that a renderer can run.
//!
//! egui looks up a texture for every pixel, also where it only fills a ground with one colour. A graphics card does not
//! care; where a processor draws, that look-up takes most of the time of a frame. Here the colour comes with the corners,
//! and nothing is left to work out for a pixel.

use eframe::{
    egui_wgpu::{Callback, CallbackResources, CallbackTrait, RenderState},
    wgpu,
};
use egui::{Color32, PaintCallback, PaintCallbackInfo, Rect};

use crate::widgets::covered::Fill;

const SHADER: &str = "
struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) @interpolate(flat) color: vec4<f32>,
}

@vertex
fn corner(@builtin(vertex_index) index: u32, @builtin(instance_index) color: u32) -> Corner {
    // One triangle that covers the whole viewport.
    let at = vec4<f32>(f32(index / 2u) * 4.0 - 1.0, f32(index % 2u) * 4.0 - 1.0, 0.0, 1.0);
    return Corner(at, vec4<f32>(unpack4x8unorm(color).rgb, 1.0));
}

@fragment
fn as_it_is(corner: Corner) -> @location(0) vec4<f32> {
    return corner.color;
}

@fragment
fn as_linear(corner: Corner) -> @location(0) vec4<f32> {
    let dark = corner.color.rgb / 12.92;
    let light = pow((corner.color.rgb + 0.055) / 1.055, vec3<f32>(2.4));
    return vec4<f32>(select(light, dark, corner.color.rgb < vec3<f32>(0.04045)), 1.0);
}
";

/// What fills, kept with the renderer.
struct Filler(wgpu::RenderPipeline);

/// A ground to be filled.
struct Ground(Color32);

impl CallbackTrait for Ground {
    fn paint(&self, _info: PaintCallbackInfo, pass: &mut wgpu::RenderPass<'static>, resources: &CallbackResources) {
        let Some(Filler(pipeline)) = resources.get() else { return };
        let [r, g, b, _] = self.0.to_array();
        let color = u32::from_le_bytes([r, g, b, 0]);
        pass.set_pipeline(pipeline);
        // The number of the instance is the colour: there is nothing to upload.
        pass.draw(0..3, color..color + 1);
    }
}

/// Prepares a renderer to fill grounds. Returns what makes a shape of a rectangle of whole pixels and its colour.
pub(super) fn prepare(state: &RenderState) -> Fill {
    let device = &state.device;
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some("grounds"),
        source: wgpu::ShaderSource::Wgsl(SHADER.into()),
    });
    let format = state.target_format;
    let target = wgpu::ColorTargetState { format, blend: None, write_mask: wgpu::ColorWrites::ALL };
    let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some("grounds"),
        layout: None,
        vertex: wgpu::VertexState {
            module: &module,
            entry_point: Some("corner"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: &module,
            entry_point: Some(if format.is_srgb() { "as_linear" } else { "as_it_is" }),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(target)],
        }),
        multiview_mask: None,
        cache: None,
    });
    state.renderer.write().callback_resources.insert(Filler(pipeline));
    Box::new(|rect: Rect, color: Color32| -> PaintCallback { Callback::new_paint_callback(rect, Ground(color)) })
}
