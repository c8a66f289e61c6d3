//! The sketch pad: the network's neurons, under the pencil.

use egui::{
    Color32, CornerRadius, CursorIcon, PointerButton, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::{
    HopfieldLab, likeness,
    settings::{BRUSH, HopfieldSettings, Tool},
    words,
};
use crate::{
    labs::LabContext,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::{card_in, title_row},
        colors,
        icons::Icon,
        layout::Class,
        numbers,
        pattern::{self, Raster},
        rich,
        tokens::{bold, regular, size},
    },
};

/// Width of the two columns of tools.
const TOOLS: f32 = 148.0;

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

/// Draws the card.
pub(super) fn show(lab: &mut HopfieldLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let side = lab.settings.side;
    card_in(ui, rect, "pad", |ui| {
        let space = ui.max_rect();
        let title = t.fill(
            "hopfield.pad.neurons",
            &[("side", &side.to_string()), ("count", &numbers::whole((side * side) as u64))],
        );
        let tools = Rect::from_min_size(space.min, vec2(TOOLS, space.height()));
        let right = Rect::from_min_max(pos2(space.left() + TOOLS + 12.0, space.top()), space.max);
        let mut column = ui.new_child(UiBuilder::new().max_rect(tools).id_salt("tools"));
        show_tools(lab, &mut column, cx);
        let mut place = ui.new_child(UiBuilder::new().max_rect(right).id_salt("sketch"));
        place.horizontal(|ui| {
            title_row(ui, t.get("hopfield.pad"), &title);
            legend(lab, ui, cx);
        });
        let mut room = Rect::from_min_max(pos2(right.left(), right.top() + 27.0), right.max);
        if cx.class == Class::Compact {
            // The verdict has no card of its own here.
            room.max.y -= 50.0;
            let side = room.width().min(room.height());
            let verdict = Rect::from_min_size(pos2(room.left(), room.top() + side + 10.0), vec2(side, 40.0));
            likeness::show_verdict(lab, &mut place, verdict, cx);
        }
        sketch(lab, &mut place, room, cx);
    });
}

fn legend(lab: &HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let tokens = Tokens::of(ui);
    if lab.frame().updates == 0 || lab.scrub.is_some() {
        return;
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.label(rich(cx.texts.get("hopfield.pad.turned"), regular(size::CAPTION), tokens.t2));
        let (square, _) = ui.allocate_exact_size(Vec2::splat(13.0), Sense::hover());
        ui.painter().rect_stroke(square, 2, Stroke::new(2.0, tokens.acc), StrokeKind::Inside);
    });
}

fn show_tools(lab: &mut HopfieldLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
    let width = (TOOLS - 6.0) / 2.0;
    let height = ((ui.max_rect().height() - 150.0) / 5.0 - 6.0).clamp(42.0, 54.0);
    let cell = vec2(width, height);
    let modes = [
        (Tool::Draw, Icon::Pencil, "hopfield.tool.draw", "hopfield.tool.draw.tip"),
        (Tool::Erase, Icon::Eraser, "hopfield.tool.erase", "hopfield.tool.erase.tip"),
        (Tool::Fill, Icon::Bucket, "hopfield.tool.fill", "hopfield.tool.fill.tip"),
        (Tool::Hole, Icon::Area, "hopfield.tool.hole", "hopfield.tool.hole.tip"),
        (Tool::Noise, Icon::Noise, "hopfield.tool.noise", "hopfield.tool.noise.tip"),
        (Tool::Listen, Icon::Ear, "hopfield.tool.listen", "hopfield.tool.listen.tip"),
    ];
    for row in modes.chunks(2) {
        ui.horizontal(|ui| {
            for &(tool, icon, label, tip) in row {
                let button = IconButton::new(t.get(label)).icon(icon).stacked().tight();
                let chosen = lab.settings.tool == tool;
                if button.selected(chosen).min_size(cell).show(ui).on_hover_text(t.get(tip)).clicked() {
                    lab.settings.tool = tool;
                    lab.pad.listening = None;
                }
            }
        });
    }
    type Change = fn(&HopfieldSettings, &[i8]) -> Vec<i8>;
    let changes: [(Icon, &str, &str, Change); 3] = [
        (Icon::Invert, "hopfield.change.invert", "hopfield.change.invert.tip", |_, bits| {
            bits.iter().map(|bit| -bit).collect()
        }),
        (Icon::Mirror, "hopfield.change.mirror", "hopfield.change.mirror.tip", |settings, bits| {
            let side = settings.side;
            (0..bits.len()).map(|cell| bits[cell / side * side + side - 1 - cell % side]).collect()
        }),
        (Icon::Clear, "hopfield.change.clear", "hopfield.change.clear.tip", |_, bits| vec![-1; bits.len()]),
    ];
    let mut wanted: Option<Vec<i8>> = None;
    ui.horizontal(|ui| {
        for &(icon, label, tip, change) in &changes[..2] {
            let button = IconButton::new(t.get(label)).icon(icon).stacked().tight().min_size(cell);
            if button.show(ui).on_hover_text(t.get(tip)).clicked() {
                wanted = Some(change(&lab.settings, &lab.shown_bits()));
            }
        }
    });
    ui.horizontal(|ui| {
        let (icon, label, tip, change) = changes[2];
        let button = IconButton::new(t.get(label)).icon(icon).stacked().tight().min_size(cell);
        if button.show(ui).on_hover_text(t.get(tip)).clicked() {
            wanted = Some(change(&lab.settings, &lab.shown_bits()));
        }
        let open = IconButton::new(t.get("hopfield.open")).icon(Icon::Picture).stacked().tight().min_size(cell);
        if open.show(ui).on_hover_text(t.get("hopfield.open.tip")).clicked() {
            lab.open_pictures();
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let small = vec2((TOOLS - 12.0) / 4.0, 30.0);
        let moves = [
            (Icon::Left, "hopfield.shift.left", [-1, 0]),
            (Icon::Right, "hopfield.shift.right", [1, 0]),
            (Icon::Up, "hopfield.shift.up", [0, -1]),
            (Icon::Down, "hopfield.shift.down", [0, 1]),
        ];
        for (icon, tip, by) in moves {
            if IconButton::icon_only(icon, t.get(tip)).min_size(small).show(ui).on_hover_text(t.get(tip)).clicked() {
                wanted = Some(shifted(&lab.shown_bits(), lab.settings.side, by));
            }
        }
    });
    if let Some(bits) = wanted {
        lab.scrub = None;
        lab.set_running(false);
        lab.edit(|settings| settings.put_on_pad(bits.into()));
    }
    brush(lab, ui, cx);
}

/// The picture moved by whole cells; what leaves on one side comes in on the other.
fn shifted(bits: &[i8], side: usize, [dx, dy]: [i32; 2]) -> Vec<i8> {
    let from = |place: usize, by: i32| (place as i32 - by).rem_euclid(side as i32) as usize;
    (0..bits.len()).map(|cell| bits[from(cell / side, dy) * side + from(cell % side, dx)]).collect()
}

fn brush(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let small = vec2(28.0, 28.0);
        if IconButton::icon_only(Icon::Minus, t.get("hopfield.brush.narrower")).min_size(small).show(ui).clicked() {
            resize_brush(lab, -1);
        }
        let text = t.fill("hopfield.brush", &[("cells", &lab.settings.brush.to_string())]);
        let (place, _) = ui.allocate_exact_size(vec2(TOOLS - 64.0, 28.0), Sense::hover());
        let font = regular(size::CAPTION);
        ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, text, font, Tokens::of(ui).text);
        if IconButton::icon_only(Icon::Plus, t.get("hopfield.brush.wider")).min_size(small).show(ui).clicked() {
            resize_brush(lab, 1);
        }
    });
}

/// Makes the brush wider or narrower.
pub(super) fn resize_brush(lab: &mut HopfieldLab, by: i32) {
    lab.settings.brush = lab.settings.brush.saturating_add_signed(by).clamp(*BRUSH.start(), *BRUSH.end());
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

fn sketch(lab: &mut HopfieldLab, ui: &mut Ui, room: Rect, cx: &LabContext<'_>) {
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
        over(lab, &painter, grid, tokens);
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
fn over(lab: &HopfieldLab, painter: &egui::Painter, grid: Grid, tokens: &Tokens) {
    let frame = lab.frame();
    if lab.scrub.is_some() || frame.side != lab.settings.side || frame.updates == 0 {
        return;
    }
    for &neuron in &frame.turned {
        let cell = grid.cell_rect(neuron.into());
        painter.rect_stroke(cell, 1, Stroke::new(2.0_f32.min(grid.cell / 4.0), tokens.acc), StrokeKind::Inside);
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
