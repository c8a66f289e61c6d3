//! Shapes of the painter as SVG: lines, areas and pictures as they are, text as text.

use std::fmt::Write;

use base64::Engine as _;
use egui::{
    Color32, Context, Pos2, Rect, Shape, Stroke, TextureId,
    epaint::{ClippedShape, ColorMode, TextShape},
};

use crate::widgets::textures;

/// A picture that shapes refer to by its texture: a file's bytes and what kind of file it is.
pub type Pictures<'a> = &'a dyn Fn(TextureId, Rect) -> Option<String>;

/// Writes shapes that lie in `area` as a drawing of that size, in points. `ground` is painted first. `pictures` returns the
/// address (a `data:` URL) of the part of a texture with these coordinates, 0 to 1.
#[must_use]
pub fn drawing(shapes: &[ClippedShape], area: Rect, ground: Color32, pictures: Pictures<'_>) -> String {
    let mut svg = Svg { body: String::new(), clips: Vec::new(), area, pictures };
    for shape in shapes {
        let clip = shape.clip_rect.intersect(area);
        if !clip.is_positive() {
            continue;
        }
        let number = svg.clip(clip);
        let mut inner = std::mem::take(&mut svg.body);
        svg.shape(&shape.shape);
        let drawn = std::mem::take(&mut svg.body);
        if !drawn.is_empty() {
            let _ = writeln!(inner, "<g clip-path=\"url(#c{number})\">{drawn}</g>");
        }
        svg.body = inner;
    }
    let (width, height) = (area.width(), area.height());
    let mut clips = String::new();
    for (number, clip) in svg.clips.iter().enumerate() {
        let [x, y] = svg.at(clip.min);
        let _ = write!(
            clips,
            "<clipPath id=\"c{number}\"><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"/></clipPath>",
            round(clip.width()),
            round(clip.height())
        );
    }
    let (fill, opacity) = paint(ground);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"'Noto Sans SC', 'Noto Sans', sans-serif\">\n\
         <defs>{clips}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>\n{}</svg>\n",
        svg.body
    )
}

struct Svg<'a> {
    body: String,
    clips: Vec<Rect>,
    area: Rect,
    pictures: Pictures<'a>,
}

/// To a hundredth of a point, so that files stay small.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// A colour and its opacity.
fn paint(color: Color32) -> (String, f32) {
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    (format!("#{r:02x}{g:02x}{b:02x}"), round(f32::from(a) / 255.0))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Svg<'_> {
    fn clip(&mut self, clip: Rect) -> usize {
        let known = self.clips.iter().position(|other| *other == clip);
        known.unwrap_or_else(|| {
            self.clips.push(clip);
            self.clips.len() - 1
        })
    }

    fn at(&self, place: Pos2) -> [f32; 2] {
        let place = place - self.area.min;
        [round(place.x), round(place.y)]
    }

    fn points(&self, points: &[Pos2]) -> String {
        let mut text = String::new();
        for place in points {
            let [x, y] = self.at(*place);
            let _ = write!(text, "{x},{y} ");
        }
        text
    }

    /// The attributes of an area and its outline; none if neither is seen.
    fn look(fill: Color32, width: f32, line: Color32) -> Option<String> {
        let has_line = width > 0.0 && line.a() > 0;
        if fill.a() == 0 && !has_line {
            return None;
        }
        let mut look = match paint(fill) {
            (_, 0.0) => "fill=\"none\"".to_owned(),
            (color, opacity) => format!("fill=\"{color}\" fill-opacity=\"{opacity}\""),
        };
        if has_line {
            let (color, opacity) = paint(line);
            let _ = write!(look, " stroke=\"{color}\" stroke-opacity=\"{opacity}\" stroke-width=\"{}\"", round(width));
        }
        Some(look)
    }

    fn put(&mut self, element: &str) {
        self.body.push_str(element);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Noop | Shape::Callback(_) | Shape::Band(_) => {}
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.shape(shape)),
            Shape::Circle(circle) => {
                let Some(look) = Self::look(circle.fill, circle.stroke.width, circle.stroke.color) else { return };
                let [x, y] = self.at(circle.center);
                self.put(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" {look}/>", round(circle.radius)));
            }
            Shape::Ellipse(ellipse) => {
                let Some(look) = Self::look(ellipse.fill, ellipse.stroke.width, ellipse.stroke.color) else { return };
                let [x, y] = self.at(ellipse.center);
                let [a, b] = [round(ellipse.radius.x), round(ellipse.radius.y)];
                self.put(&format!("<ellipse cx=\"{x}\" cy=\"{y}\" rx=\"{a}\" ry=\"{b}\" {look}/>"));
            }
            Shape::LineSegment { points, stroke } => self.line(points, false, Color32::TRANSPARENT, *stroke),
            Shape::Path(path) => {
                let color = match &path.stroke.color {
                    ColorMode::Solid(color) => *color,
                    ColorMode::UV(color) => color(path.visual_bounding_rect(), path.points[0]),
                };
                self.line(&path.points, path.closed, path.fill, Stroke::new(path.stroke.width, color));
            }
            Shape::Rect(rect) => self.rect(rect),
            Shape::Text(text) => self.text(text),
            Shape::Mesh(mesh) => self.mesh(mesh),
            Shape::QuadraticBezier(curve) => {
                let points = curve.flatten(Some(0.2));
                self.line(
                    &points,
                    curve.closed,
                    curve.fill,
                    Stroke::new(curve.stroke.width, solid(&curve.stroke.color)),
                );
            }
            Shape::CubicBezier(curve) => {
                let points = curve.flatten(Some(0.2));
                self.line(
                    &points,
                    curve.closed,
                    curve.fill,
                    Stroke::new(curve.stroke.width, solid(&curve.stroke.color)),
                );
            }
        }
    }

    fn line(&mut self, points: &[Pos2], closed: bool, fill: Color32, stroke: Stroke) {
        let Some(look) = Self::look(fill, stroke.width, stroke.color) else { return };
        let (element, points) = (if closed { "polygon" } else { "polyline" }, self.points(points));
        self.put(&format!("<{element} points=\"{points}\" stroke-linejoin=\"round\" {look}/>"));
    }

    fn rect(&mut self, rect: &egui::epaint::RectShape) {
        let [x, y] = self.at(rect.rect.min);
        let (width, height) = (round(rect.rect.width()), round(rect.rect.height()));
        if let Some(brush) = &rect.brush {
            if let Some(picture) = (self.pictures)(brush.fill_texture_id, brush.uv) {
                self.put(&format!(
                    "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
                     style=\"image-rendering:pixelated\" href=\"{picture}\"/>"
                ));
            }
            return;
        }
        let Some(look) = Self::look(rect.fill, rect.stroke.width, rect.stroke.color) else { return };
        let radius = rect.corner_radius.nw;
        self.put(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" {look}/>"));
    }

    /// Triangles of one colour each: colour bars, and the areas under curves.
    fn mesh(&mut self, mesh: &egui::Mesh) {
        if mesh.texture_id != TextureId::default() {
            let bounds = mesh.calc_bounds();
            let mut uv = Rect::NOTHING;
            mesh.vertices.iter().for_each(|vertex| uv.extend_with(vertex.uv));
            if let Some(picture) = (self.pictures)(mesh.texture_id, uv) {
                let [x, y] = self.at(bounds.min);
                self.put(&format!(
                    "<image x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" href=\"{picture}\"/>",
                    round(bounds.width()),
                    round(bounds.height())
                ));
            }
            return;
        }
        for triangle in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| &mesh.vertices[triangle[corner] as usize]);
            let sum = corners.iter().fold([0_u32; 4], |sum, corner| {
                let color = corner.color.to_array();
                std::array::from_fn(|channel| sum[channel] + u32::from(color[channel]))
            });
            let [r, g, b, a] = sum.map(|sum| (sum / 3) as u8);
            let points = corners.map(|corner| corner.pos);
            // A hairline of the same colour hides the seams between triangles.
            let color = Color32::from_rgba_premultiplied(r, g, b, a);
            self.line(&points, true, color, Stroke::new(0.3, color));
        }
    }

    fn text(&mut self, text: &TextShape) {
        let job = &text.galley.job;
        let mut byte = 0;
        for row in &text.galley.rows {
            // Runs of glyphs that look alike and stand side by side.
            let mut runs: Vec<(Pos2, usize, String)> = Vec::new();
            for glyph in &row.row.glyphs {
                let section = job.sections.iter().position(|section| section.byte_range.contains(&byte.into()));
                let section = section.unwrap_or(job.sections.len().saturating_sub(1));
                byte += glyph.chr.len_utf8();
                match runs.last_mut() {
                    Some((_, last, run)) if *last == section => run.push(glyph.chr),
                    _ => runs.push((row.pos + glyph.pos.to_vec2(), section, glyph.chr.to_string())),
                }
            }
            byte += usize::from(row.ends_with_newline);
            for (place, section, run) in runs {
                let Some(format) = job.sections.get(section).map(|section| &section.format) else { continue };
                let own = if format.color == Color32::PLACEHOLDER { text.fallback_color } else { format.color };
                let (color, opacity) = paint(text.override_text_color.unwrap_or(own));
                let [x, y] = self.at(text.pos);
                let (dx, dy) = (round(place.x), round(place.y));
                let turn = text.angle.to_degrees();
                let is_bold = format!("{:?}", format.font_id.family).to_lowercase().contains("bold");
                let weight = if is_bold { " font-weight=\"bold\"" } else { "" };
                self.put(&format!(
                    "<text transform=\"translate({x} {y}) rotate({turn}) translate({dx} {dy})\" font-size=\"{}\"{weight} \
                     fill=\"{color}\" fill-opacity=\"{opacity}\" xml:space=\"preserve\">{}</text>",
                    round(format.font_id.size),
                    escaped(&run)
                ));
            }
        }
    }
}

fn solid(mode: &ColorMode) -> Color32 {
    match mode {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(_) => Color32::GRAY,
    }
}

/// The part of a texture with these coordinates, 0 to 1, as a PNG in a `data:` URL; none if its pixels are not known.
#[must_use]
pub fn data_url(ctx: &Context, texture: TextureId, uv: Rect) -> Option<String> {
    let image = textures::pixels(ctx, texture)?;
    let [width, height] = image.size.map(|side| side as f32);
    let pixel = |value: f32, most: f32| value.clamp(0.0, 1.0) * most;
    let (left, right) = (pixel(uv.left(), width).round() as usize, pixel(uv.right(), width).round() as usize);
    let (top, bottom) = (pixel(uv.top(), height).round() as usize, pixel(uv.bottom(), height).round() as usize);
    if left >= right || top >= bottom {
        return None;
    }
    let rows = (top..bottom).flat_map(|row| &image.pixels[row * image.size[0] + left..row * image.size[0] + right]);
    let rgba: Vec<u8> = rows.flat_map(Color32::to_srgba_unmultiplied).collect();
    let mut png = Vec::new();
    let size = [(right - left) as u32, (bottom - top) as u32];
    let encoder = image::codecs::png::PngEncoder::new(&mut png);
    image::ImageEncoder::write_image(encoder, &rgba, size[0], size[1], image::ExtendedColorType::Rgba8).ok()?;
    Some(format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png)))
}

#[cfg(test)]
mod tests {
    use egui::{CornerRadius, StrokeKind, pos2, vec2};

    use super::*;

    fn clipped(shape: Shape) -> ClippedShape {
        ClippedShape { clip_rect: Rect::EVERYTHING, shape, transform_after_tessellation: Default::default() }
    }

    #[test]
    fn shapes_become_elements_in_the_coordinates_of_the_card() {
        let area = Rect::from_min_size(pos2(100.0, 50.0), vec2(200.0, 100.0));
        let shapes = [
            clipped(Shape::line_segment([pos2(110.0, 60.0), pos2(120.0, 70.0)], Stroke::new(2.0, Color32::RED))),
            clipped(Shape::circle_filled(pos2(150.0, 100.0), 3.0, Color32::from_rgb(1, 2, 3))),
            clipped(Shape::rect_stroke(
                area.shrink(5.0),
                CornerRadius::same(4),
                Stroke::new(1.0, Color32::WHITE),
                StrokeKind::Inside,
            )),
            ClippedShape {
                clip_rect: Rect::from_min_size(pos2(0.0, 0.0), vec2(10.0, 10.0)),
                shape: Shape::circle_filled(pos2(5.0, 5.0), 3.0, Color32::GREEN),
                transform_after_tessellation: Default::default(),
            },
        ];
        let svg = drawing(&shapes, area, Color32::BLACK, &|_, _| None);
        assert!(svg.contains("width=\"200\" height=\"100\""), "{svg}");
        assert!(svg.contains("<polyline points=\"10,10 20,20 \""), "{svg}");
        assert!(svg.contains("<circle cx=\"50\" cy=\"50\" r=\"3\" fill=\"#010203\""), "{svg}");
        assert!(svg.contains("<rect x=\"5\" y=\"5\" width=\"190\" height=\"90\" rx=\"4\" fill=\"none\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 1, "what is outside of the card is left out");
    }

    #[test]
    fn text_stays_text() {
        let ctx = Context::default();
        let mut shapes = Vec::new();
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = egui::FontId::proportional(14.0);
            let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap("|m| < 1 & T".to_owned(), font, Color32::WHITE));
            shapes = vec![clipped(Shape::galley(pos2(20.0, 10.0), galley, Color32::WHITE))];
        });
        // There is no renderer to hand textures to.
        output.textures_delta.clear();
        let area = Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 50.0));
        let svg = drawing(&shapes, area, Color32::BLACK, &|_, _| None);
        assert!(svg.contains(">|m| &lt; 1 &amp; T</text>"), "{svg}");
        assert!(svg.contains("font-size=\"14\""), "{svg}");
    }
}
