//! The pad itself: the neurons on screen, what is drawn over them, and the pointer that draws.

use egui::{
    Color32, CornerRadius, CursorIcon, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::{
    HopfieldLab,
    settings::{HopfieldSettings, Tool},
    words,
};
use crate::{
    labs::LabContext,
    widgets::{
        Tokens, colors, numbers,
        pattern::{self, Raster},
        rich,
        tokens::{DARK, bold, regular, size},
    },
};

/// What the pad keeps between frames.
#[derive(Default)]
pub(super) struct Pad {
    raster: Raster,
    /// The last cell of the stroke under way.
    stroke: Option<[i32; 2]>,
    /// Cells that the noise brush has met in this stroke.
    met: Vec<bool>,
    /// Where the area to hide begins.
    area: Option<[i32; 2]>,
    /// The neuron whose weights are shown.
    pub listening: Option<usize>,
    /// Where the keyboard's cursor stands.
    cursor: [i32; 2],
    luck: u64,
}

impl Pad {
    pub fn is_drawing(&self) -> bool {
        self.stroke.is_some() || self.area.is_some()
    }
}

/// Where the cells lie on screen.
#[derive(Clone, Copy)]
struct Grid {
    rect: Rect,
    cell: f32,
    side: i32,
}

impl Grid {
    fn new(ui: &Ui, room: Rect, side: usize) -> Self {
        use egui::emath::GuiRounding;
        let ppp = ui.ctx().pixels_per_point();
        // Whole pixels a cell.
        let pixels = (room.width().min(room.height()) * ppp / side as f32).floor().max(1.0);
        let cell = pixels / ppp;
        let rect = Rect::from_min_size(room.min, Vec2::splat(cell * side as f32));
        let free = (room.size() - rect.size()) / 2.0;
        let min = pos2(room.left() + free.x.min(24.0), room.top()).round_to_pixels(ppp);
        Self { rect: Rect::from_min_size(min, rect.size()), cell, side: side as i32 }
    }

    fn cell_at(&self, at: Pos2) -> [i32; 2] {
        let place = (at - self.rect.min) / self.cell;
        [place.x.floor() as i32, place.y.floor() as i32]
    }

    fn cell_rect(&self, index: usize) -> Rect {
        let (x, y) = (index % self.side as usize, index / self.side as usize);
        Rect::from_min_size(self.rect.min + vec2(x as f32, y as f32) * self.cell, Vec2::splat(self.cell))
    }

    fn index(&self, [x, y]: [i32; 2]) -> Option<usize> {
        ((0..self.side).contains(&x) && (0..self.side).contains(&y)).then_some((y * self.side + x) as usize)
    }
}

/// Draws the pad and takes what the pointer does.
pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, room: Rect, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let grid = Grid::new(ui, room, lab.settings.side);
    let response = ui.interact(grid.rect, ui.scope_id().with("pad"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, t.get("hopfield.pad")));
    draw_on(lab, ui, &response, grid);
    by_keyboard(lab, ui, &response, grid);

    let painter = ui.painter().with_clip_rect(grid.rect.expand(4.0).intersect(ui.clip_rect()));
    let listening = lab.pad.listening.filter(|_| lab.settings.tool == Tool::Listen);
    let weights = listening.and_then(|neuron| weights_of(lab, neuron));
    let pixels: Vec<Color32> = match &weights {
        Some(weights) => {
            let mut sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
            let scale = colors::percentile(&mut sizes, 0.99);
            weights.iter().map(|weight| colors::diverging(weight / scale)).collect()
        }
        None => lab.shown().iter().map(|&value| pattern::color(value)).collect(),
    };
    lab.pad.raster.draw(ui, &painter, grid.rect, &pixels);
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
        over(lab, &painter, grid);
    }
    if let Some(neuron) = listening {
        painter.rect_stroke(grid.cell_rect(neuron).expand(1.0), 1, Stroke::new(3.0, tokens.acc), StrokeKind::Outside);
        let key = if weights.is_some() { "hopfield.listen.shown" } else { "hopfield.listen.none" };
        chip(ui, grid.rect, t.get(key), tokens.t2);
    } else if lab.settings.tool == Tool::Listen {
        chip(ui, grid.rect, t.get("hopfield.listen.hint"), tokens.t2);
    } else if lab.explains()
        && lab.scrub.is_none()
        && let Some(asked) = lab.frame().asked
    {
        chip(ui, grid.rect, &words::asked(&asked, t), tokens.text);
    }
    values(lab, &painter, grid);
    pointer(lab, ui, &response, grid, cx);
}

/// Marks of the running network: neurons that turned last, and the one that is asked.
fn over(lab: &HopfieldLab, painter: &egui::Painter, grid: Grid) {
    let frame = lab.frame();
    if lab.scrub.is_some() || frame.side != lab.settings.side || frame.updates == 0 {
        return;
    }
    for &neuron in &frame.turned {
        let cell = grid.cell_rect(neuron.into());
        // The pad has the same colours in both themes, and so has the ring on it.
        painter.rect_stroke(cell, 1, Stroke::new(2.0_f32.min(grid.cell / 4.0), DARK.acc), StrokeKind::Inside);
    }
    let Some(asked) = frame.asked.filter(|_| lab.explains()) else { return };
    let cell = grid.cell_rect(asked.neuron);
    painter.rect_stroke(cell.expand(1.0), 2, Stroke::new(3.0, Color32::WHITE), StrokeKind::Outside);
    painter.rect_stroke(cell.expand(4.0), 3, Stroke::new(1.5, Color32::BLACK), StrokeKind::Outside);
    // The local field as an arrow: up pulls the neuron on, down pulls it off.
    let length = (asked.field.clamp(-1.5, 1.5) as f32) * 26.0;
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

/// 0 and 1 in the cells, as the paper of 1982 writes them.
fn values(lab: &HopfieldLab, painter: &egui::Painter, grid: Grid) {
    if !lab.settings.zero_one || grid.cell < 13.0 {
        return;
    }
    for (index, value) in lab.shown().iter().enumerate() {
        let (text, ink) = if *value < 0.0 { ("0", Color32::from_gray(200)) } else { ("1", Color32::from_gray(30)) };
        let font = regular((grid.cell * 0.6).min(14.0));
        painter.text(grid.cell_rect(index).center(), egui::Align2::CENTER_CENTER, text, font, ink);
    }
}

fn chip(ui: &Ui, pad: Rect, text: &str, ink: Color32) {
    let tokens = Tokens::of(ui);
    let mut job = rich(text, bold(size::BODY), ink);
    job.wrap.max_width = pad.width() - 48.0;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let chip =
        Rect::from_min_size(pad.left_bottom() + vec2(8.0, -galley.size().y - 22.0), galley.size() + vec2(20.0, 12.0));
    ui.painter().rect(chip, 6, tokens.panel, Stroke::new(1.0, tokens.edge), StrokeKind::Inside);
    ui.painter().galley(chip.min + vec2(10.0, 6.0), galley, ink);
}

/// w_ij that a neuron hears, for all j.
fn weights_of(lab: &HopfieldLab, neuron: usize) -> Option<Vec<f64>> {
    let trained = lab.learning.trained()?;
    let weights = trained.network.quadratic().filter(|weights| weights.neurons() == lab.settings.neuron_count())?;
    Some((0..weights.neurons()).map(|sender| weights.weight(neuron, sender)).collect())
}

fn draw_on(lab: &mut HopfieldLab, ui: &Ui, response: &Response, grid: Grid) {
    let (left, right) =
        ui.input(|input| (input.pointer.button_down(PointerButton::Primary), input.pointer.secondary_down()));
    let pressed = response.is_pointer_button_down_on() && (left || right);
    let Some(pointer) = response.interact_pointer_pos() else {
        release(lab, grid, None);
        return;
    };
    let cell = grid.cell_at(pointer);
    if lab.settings.tool == Tool::Listen {
        if pressed || response.clicked() {
            lab.pad.listening = grid.index(cell);
        }
        return;
    }
    if !pressed {
        release(lab, grid, Some(cell));
        return;
    }
    let value = if (lab.settings.tool == Tool::Draw) == right && lab.settings.tool != Tool::Noise { -1 } else { 1 };
    match lab.settings.tool {
        Tool::Hole => {
            if lab.pad.area.is_none() {
                lab.pad.area = Some(cell);
            }
        }
        Tool::Fill => {
            if lab.pad.stroke.is_none() {
                lab.pad.stroke = Some(cell);
                lab.begin_stroke();
                let cells = flood(&lab.settings, grid, cell);
                lab.paint(cells);
            }
        }
        Tool::Draw | Tool::Erase | Tool::Noise => {
            let mut path = pointer_path(ui, lab.pad.stroke.is_none(), pointer);
            if lab.pad.stroke.is_none() {
                lab.begin_stroke();
                lab.pad.met = vec![false; lab.settings.neuron_count()];
            }
            for at in path.drain(..).map(|at| grid.cell_at(at)) {
                if lab.pad.stroke != Some(at) {
                    let cells = stroke_cells(lab, grid, lab.pad.stroke.unwrap_or(at), at, value);
                    lab.paint(cells);
                }
                lab.pad.stroke = Some(at);
            }
        }
        Tool::Listen => {}
    }
}

/// Where the pointer has been since the last frame, from where it was pressed: a slow window loses no corner of a stroke.
fn pointer_path(ui: &Ui, begins: bool, now: Pos2) -> Vec<Pos2> {
    ui.input(|input| {
        let mut path: Vec<Pos2> = Vec::new();
        let mut down = !begins;
        for event in &input.events {
            match event {
                egui::Event::PointerButton { pos, pressed: true, .. } => {
                    down = true;
                    path.push(*pos);
                }
                egui::Event::PointerMoved(pos) if down => path.push(*pos),
                _ => {}
            }
        }
        path.push(now);
        path
    })
}

fn release(lab: &mut HopfieldLab, grid: Grid, at: Option<[i32; 2]>) {
    if let (Some(from), Some(to)) = (lab.pad.area.take(), at) {
        lab.begin_stroke();
        let cells = area_cells(grid, from, to).map(|index| (index as u16, -1)).collect();
        lab.paint(cells);
        lab.finish_edit();
    }
    if lab.pad.stroke.take().is_some() {
        lab.finish_edit();
    }
}

fn area_cells(grid: Grid, from: [i32; 2], to: [i32; 2]) -> impl Iterator<Item = usize> {
    let range = move |axis: usize| from[axis].min(to[axis])..=from[axis].max(to[axis]);
    range(1).flat_map(move |y| range(0).filter_map(move |x| grid.index([x, y])))
}

/// Cells that a piece of a stroke changes: a square brush along the line between two cells.
fn stroke_cells(lab: &mut HopfieldLab, grid: Grid, from: [i32; 2], to: [i32; 2], value: i8) -> Vec<(u16, i8)> {
    let brush = lab.settings.brush as i32;
    let steps = (to[0] - from[0]).abs().max((to[1] - from[1]).abs()).max(1);
    let mut cells: Vec<(u16, i8)> = Vec::new();
    for step in 0..=steps {
        let at =
            |axis: usize| from[axis] + ((to[axis] - from[axis]) as f32 * step as f32 / steps as f32).round() as i32;
        let corner = [at(0) - brush / 2, at(1) - brush / 2];
        for offset in 0..brush * brush {
            let Some(index) = grid.index([corner[0] + offset % brush, corner[1] + offset / brush]) else { continue };
            if lab.settings.tool == Tool::Noise {
                if std::mem::replace(&mut lab.pad.met[index], true) {
                    continue;
                }
                // What only the eye judges has a small generator of its own.
                lab.pad.luck =
                    lab.pad.luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if lab.pad.luck >> 63 == 1 {
                    cells.push((index as u16, -lab.settings.pad.0[index]));
                }
            } else {
                cells.push((index as u16, value));
            }
        }
    }
    cells
}

/// The area of one colour around a cell, to be turned over.
fn flood(settings: &HopfieldSettings, grid: Grid, from: [i32; 2]) -> Vec<(u16, i8)> {
    let Some(start) = grid.index(from) else { return Vec::new() };
    let color = settings.pad.0[start];
    let mut met = vec![false; settings.pad.0.len()];
    let mut open = vec![from];
    let mut cells = Vec::new();
    while let Some([x, y]) = open.pop() {
        let Some(index) = grid.index([x, y]) else { continue };
        if settings.pad.0[index] != color || std::mem::replace(&mut met[index], true) {
            continue;
        }
        cells.push((index as u16, -color));
        open.extend([[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]]);
    }
    cells
}

/// With the focus on the pad, arrows move a cursor and Space turns the cell under it over.
fn by_keyboard(lab: &mut HopfieldLab, ui: &Ui, response: &Response, grid: Grid) {
    use egui::Key;
    if !response.has_focus() {
        return;
    }
    let lock = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, lock));
    let count = |key: Key| ui.input(|input| i32::from(input.key_pressed(key)));
    let [x, y] = lab.pad.cursor;
    let x = x + count(Key::ArrowRight) - count(Key::ArrowLeft);
    let y = y + count(Key::ArrowDown) - count(Key::ArrowUp);
    lab.pad.cursor = [x.clamp(0, grid.side - 1), y.clamp(0, grid.side - 1)];
    let Some(index) = grid.index(lab.pad.cursor) else { return };
    if count(Key::Space) > 0 {
        lab.begin_stroke();
        let value = -lab.settings.pad.0[index];
        lab.paint(vec![(index as u16, value)]);
        lab.finish_edit();
    }
    ui.painter().rect_stroke(grid.cell_rect(index), 0, Stroke::new(2.0, Color32::WHITE), StrokeKind::Outside);
}

fn pointer(lab: &HopfieldLab, ui: &Ui, response: &Response, grid: Grid, cx: &LabContext<'_>) {
    let Some(pointer) = response.hover_pos().filter(|_| response.contains_pointer()) else { return };
    let cell = grid.cell_at(pointer);
    if lab.settings.tool == Tool::Listen {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        if let (Some(listening), Some(under)) = (lab.pad.listening, grid.index(cell))
            && let Some(weights) = weights_of(lab, listening)
        {
            let text = cx.texts.fill("hopfield.listen.value", &[("weight", &numbers::fixed(weights[under], 4))]);
            response.clone().on_hover_text_at_pointer(text);
        }
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
    let brush = if matches!(lab.settings.tool, Tool::Fill | Tool::Hole) { 1 } else { lab.settings.brush as i32 };
    let corner = lab.pad.area.unwrap_or([cell[0] - brush / 2, cell[1] - brush / 2]);
    let end = if lab.pad.area.is_some() { cell } else { [corner[0] + brush - 1, corner[1] + brush - 1] };
    let at = |[x, y]: [i32; 2]| grid.rect.min + vec2(x as f32, y as f32) * grid.cell;
    let (low, high) =
        ([corner[0].min(end[0]), corner[1].min(end[1])], [corner[0].max(end[0]) + 1, corner[1].max(end[1]) + 1]);
    let ring = Rect::from_min_max(at(low), at(high)).intersect(grid.rect);
    ui.painter().rect_stroke(ring, 1, Stroke::new(3.0, Color32::BLACK), StrokeKind::Middle);
    ui.painter().rect_stroke(ring, 1, Stroke::new(1.5, Color32::WHITE), StrokeKind::Middle);
}
