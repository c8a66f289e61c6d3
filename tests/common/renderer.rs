//! Whether there is anything to draw with.

use eframe::egui_wgpu;

/// The name of an adapter that can render offscreen, if there is one.
pub fn offscreen_adapter() -> Option<String> {
    let setup = egui_kittest::wgpu::default_wgpu_setup();
    let instance = pollster::block_on(setup.new_instance());
    let adapters = pollster::block_on(instance.enumerate_adapters(egui_wgpu::wgpu::Backends::all()));
    adapters.first().map(|adapter| adapter.get_info().name)
}
