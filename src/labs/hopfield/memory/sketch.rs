//! The pad itself: the neurons on screen, what is drawn over them, and the pointer that draws.

use egui::{
    Color32, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    captions,
    grid::Grid,
    look::Tool,
    scene::{Action, Scene},
    strokes::{Cell, neuron},
};
use crate::{
    labs::kit::{PageContext, canvas::Canvas},
    widgets::{
        Tokens, colors, numbers,
        pattern::{self, Raster},
        rich,
        tokens::{DARK, bold, regular, size},
    },
};

/// What the pad keeps between frames.
#[derive(Default)]
pub(super) struct SketchView {
    raster: Raster,
    canvas: Canvas,
    /// The last cell of the stroke under way.
    last: Option<Cell>,
    /// Where the area to hide begins.
    area: Option<Cell>,
    /// The neuron whose weights are shown.
    pub listening: Option<usize>,
}

impl SketchView {
    /// Whether a stroke is under way.
    pub fn is_drawing(&self) -> bool {
        self.canvas.is_drawing()
    }
}

/// Draws the pad and takes what the pointer does.
pub(super) fn sketch_ui(scene: &mut Scene<'_>, view: &mut SketchView, ui: &mut Ui, room: Rect, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let side = scene.settings.side;
    let grid = Grid::new(ui, room, side);
    let response = ui.interact(grid.rect, ui.scope_id().with("pad"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("hopfield.pad")));
    draw_on(scene, view, ui, &response, grid);

    let painter = ui.painter().with_clip_rect(grid.rect.expand(4.0).intersect(ui.clip_rect()));
    let listening = view.listening.filter(|_| scene.pen.tool == Tool::Listen);
    let weights = listening.and_then(|neuron| weights_of(scene, neuron));
    let shown = scene.shown().outputs();
    let pixels: Vec<Color32> = match &weights {
        Some(weights) => {
            let mut sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
            let scale = colors::percentile(&mut sizes, 0.99);
            weights.iter().map(|weight| colors::diverging(weight / scale)).collect()
        }
        None => shown.iter().map(|&value| pattern::color(value)).collect(),
    };
    view.raster.draw(ui, &painter, grid.rect, &pixels);
    if grid.cell >= 7.0 {
        let line = Stroke::new(1.0, Color32::from_black_alpha(70));
        for place in 1..grid.side {
            let offset = place as f32 * grid.cell;
            painter.vline(grid.rect.left() + offset, grid.rect.y_range(), line);
            painter.hline(grid.rect.x_range(), grid.rect.top() + offset, line);
        }
    }
    painter.rect_stroke(grid.rect, CornerRadius::same(2), Stroke::new(1.0, tokens.edge), StrokeKind::Outside);
    if response.has_focus() {
        crate::widgets::buttons::focus_ring(ui, grid.rect);
    }
    if weights.is_none() {
        marks_ui(scene, &painter, grid);
    }
    if let Some(neuron) = listening {
        painter.rect_stroke(grid.cell_rect(neuron).expand(1.0), 1, Stroke::new(3.0, tokens.acc), StrokeKind::Outside);
        let key = if weights.is_some() { "hopfield.listen.shown" } else { "hopfield.listen.none" };
        chip_ui(ui, grid.rect, t.get(key), tokens.t2);
    } else if scene.pen.tool == Tool::Listen {
        chip_ui(ui, grid.rect, t.get("hopfield.listen.hint"), tokens.t2);
    } else if scene.explains()
        && scene.scrub.is_none()
        && let Some(attempt) = scene.frame.attempt
    {
        chip_ui(ui, grid.rect, &captions::attempt(&attempt, t), tokens.text);
    }
    if scene.look.zero_one {
        values_ui(&shown, &painter, grid);
    }
    if response.has_focus() {
        let [x, y] = view.canvas.cursor.map(|place| place.min(side - 1));
        let cell = grid.cell_rect(y * side + x);
        ui.painter().rect_stroke(cell, 0, Stroke::new(2.0, Color32::WHITE), StrokeKind::Outside);
    }
    pointer_ui(scene, view, ui, &response, grid, cx);
}

/// Draws the marks of the running network: neurons that turned last, and the one that is asked.
fn marks_ui(scene: &Scene<'_>, painter: &egui::Painter, grid: Grid) {
    let frame = scene.frame;
    if scene.scrub.is_some() || frame.side != scene.settings.side || frame.updates == 0 {
        return;
    }
    for &neuron in &frame.flipped {
        let cell = grid.cell_rect(neuron.into());
        // The pad has the same colours in both themes, and so has the ring on it.
        painter.rect_stroke(cell, 1, Stroke::new(2.0_f32.min(grid.cell / 4.0), DARK.acc), StrokeKind::Inside);
    }
    let Some(attempt) = frame.attempt.filter(|_| scene.explains()) else { return };
    let cell = grid.cell_rect(attempt.neuron);
    painter.rect_stroke(cell.expand(1.0), 2, Stroke::new(3.0, Color32::WHITE), StrokeKind::Outside);
    painter.rect_stroke(cell.expand(4.0), 3, Stroke::new(1.5, Color32::BLACK), StrokeKind::Outside);
    // The local field as an arrow: up pulls the neuron on, down pulls it off.
    let length = (attempt.field.clamp(-1.5, 1.5) as f32) * 26.0;
    if length.abs() > 2.0 {
        let from = pos2(
            if cell.right() + 14.0 < grid.rect.right() { cell.right() + 9.0 } else { cell.left() - 9.0 },
            cell.center().y,
        );
        let stroke = |width: f32, color: Color32| Stroke::new(width, color);
        painter.arrow(from, vec2(0.0, -length), stroke(5.0, Color32::BLACK));
        painter.arrow(from, vec2(0.0, -length), stroke(2.5, Color32::WHITE));
    }
}

/// Draws 0 and 1 in the cells, as the paper of 1982 writes them, where the cells are large enough.
fn values_ui(shown: &[f32], painter: &egui::Painter, grid: Grid) {
    if grid.cell < 13.0 {
        return;
    }
    for (index, value) in shown.iter().enumerate() {
        let (text, ink) = if *value < 0.0 { ("0", Color32::from_gray(200)) } else { ("1", Color32::from_gray(30)) };
        let font = regular((grid.cell * 0.6).min(14.0));
        painter.text(grid.cell_rect(index).center(), egui::Align2::CENTER_CENTER, text, font, ink);
    }
}

fn chip_ui(ui: &Ui, pad: Rect, text: &str, ink: Color32) {
    let tokens = Tokens::of(ui);
    let mut job = rich(text, bold(size::BODY), ink);
    job.wrap.max_width = pad.width() - 48.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let chip =
        Rect::from_min_size(pad.left_bottom() + vec2(8.0, -galley.size().y - 22.0), galley.size() + vec2(20.0, 12.0));
    ui.painter().rect(chip, 6, tokens.panel, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    ui.painter().galley(chip.min + vec2(10.0, 6.0), galley, ink);
}

/// The weights w_ij with which a neuron hears all others, where pairs are connected.
fn weights_of(scene: &Scene<'_>, neuron: usize) -> Option<Vec<f64>> {
    let trained = scene.learning.trained()?;
    let weights = trained.network.quadratic().filter(|weights| weights.neurons() == scene.settings.neuron_count())?;
    Some((0..weights.neurons()).map(|sender| weights.weight(neuron, sender)).collect())
}

/// Takes what the pointer and the keyboard did since the last frame.
fn draw_on(scene: &mut Scene<'_>, view: &mut SketchView, ui: &Ui, response: &Response, grid: Grid) {
    let side = scene.settings.side;
    let followed = view.canvas.follow(ui, response);
    for piece in &followed.pieces {
        let (from, to) = (grid.cell_at(piece.from), grid.cell_at(piece.to));
        if piece.begins {
            end_stroke(scene, view);
        }
        match scene.pen.tool {
            Tool::Listen => view.listening = neuron(side, to),
            Tool::Hole => {
                view.area.get_or_insert(from);
            }
            // An area is filled once, where the stroke begins.
            Tool::Fill if !piece.begins => {}
            Tool::Draw | Tool::Erase | Tool::Noise | Tool::Fill => {
                pass(scene, piece.is_secondary, piece.begins, from, to);
            }
        }
        view.last = Some(to);
    }
    if followed.has_ended && !view.canvas.is_drawing() {
        end_stroke(scene, view);
    }
    if let Some([x, y]) = view.canvas.by_keyboard(ui, response, [side, side]) {
        scene.act(Action::TurnOver(y * side + x));
    }
}

/// Adds a piece to the stroke: all pieces of a frame are one change of the pad.
fn pass(scene: &mut Scene<'_>, is_secondary: bool, begins: bool, from: Cell, to: Cell) {
    if !begins && from == to {
        return;
    }
    match scene.actions.last_mut() {
        Some(Action::Stroke { path, .. }) if !begins => path.push(to),
        _ => scene.act(Action::Stroke { is_secondary, path: vec![from, to], begins }),
    }
}

fn end_stroke(scene: &mut Scene<'_>, view: &mut SketchView) {
    match (view.area.take(), view.last.take()) {
        (Some(from), Some(to)) => scene.act(Action::HideArea(from, to)),
        (None, Some(_)) if scene.pen.tool != Tool::Listen => scene.act(Action::EndStroke),
        _ => {}
    }
}

fn pointer_ui(scene: &Scene<'_>, view: &SketchView, ui: &Ui, response: &Response, grid: Grid, cx: &PageContext<'_>) {
    let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) else { return };
    let cell = grid.cell_at(pointer);
    if scene.pen.tool == Tool::Listen {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if let (Some(listening), Some(under)) = (view.listening, neuron(scene.settings.side, cell))
            && let Some(weights) = weights_of(scene, listening)
        {
            let text = cx.texts.fill("hopfield.listen.value", &[("weight", &numbers::fixed(weights[under], 4))]);
            response.clone().on_hover_text_at_pointer(text);
        }
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    let brush = if matches!(scene.pen.tool, Tool::Fill | Tool::Hole) { 1 } else { scene.pen.brush as i32 };
    let corner = cell.map(|place| place - brush / 2);
    let ring = match view.area {
        Some(from) => grid.span(from, cell),
        None => grid.span(corner, corner.map(|place| place + brush - 1)),
    };
    let ring = ring.intersect(grid.rect);
    ui.painter().rect_stroke(ring, 1, Stroke::new(3.0, Color32::BLACK), StrokeKind::Middle);
    ui.painter().rect_stroke(ring, 1, Stroke::new(1.5, Color32::WHITE), StrokeKind::Middle);
}
