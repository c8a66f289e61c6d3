//! Buttons with icons, segmented choices and foldable headings.

use egui::{
    Align, Color32, CornerRadius, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

use super::{
    icons::{self, Icon},
    rich::{plain, rich},
    scroll,
    tokens::{CONTROL_RADIUS, SMALLEST_TARGET, Tokens, bold, regular, size},
};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one most important button of a screen.
    Primary,
    /// Filled.
    #[default]
    Normal,
    /// Chosen among its neighbours.
    Selected,
    /// Without ground until pointed at.
    Bare,
}

/// A button: an icon, a label, both, or both stacked, and a key chip.
#[derive(Clone, Debug, Default)]
pub struct IconButton<'a> {
    label: &'a str,
    icon: Option<Icon>,
    key: Option<&'a str>,
    name: Option<&'a str>,
    look: Look,
    stacked: bool,
    tight: bool,
    pictured: bool,
    min_size: Vec2,
}

impl<'a> IconButton<'a> {
    /// Builds a button with this label.
    #[must_use]
    pub fn new(label: &'a str) -> Self {
        Self { label, min_size: vec2(0.0, 36.0), ..Self::default() }
    }

    /// With an icon only, and its name for tooltip and screen reader.
    #[must_use]
    pub fn icon_only(icon: Icon, name: &'a str) -> Self {
        Self { icon: Some(icon), name: Some(name), min_size: vec2(34.0, 34.0), ..Self::default() }
    }

    /// Adds an icon before the label.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Adds a key chip after the label.
    #[must_use]
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// A name for screen readers other than the label.
    #[must_use]
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// Gives it this look.
    #[must_use]
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// Shows it as chosen, or as it would look otherwise.
    #[must_use]
    pub fn selected(self, selected: bool) -> Self {
        let look = if selected { Look::Selected } else { self.look };
        self.look(look)
    }

    /// Puts the icon above the label.
    #[must_use]
    pub fn stacked(mut self) -> Self {
        self.stacked = true;
        self
    }

    /// With little space beside the label, for rows that are full.
    #[must_use]
    pub fn tight(mut self) -> Self {
        self.tight = true;
        self
    }

    /// The least size in points; no button is smaller than [`SMALLEST_TARGET`].
    #[must_use]
    pub fn min_size(mut self, size: Vec2) -> Self {
        self.min_size = size;
        self
    }

    /// Shows the button. Its response says whether it was clicked.
    pub fn show(self, ui: &mut Ui) -> Response {
        self.show_inner(ui, |_, _| {})
    }

    /// Shows the button with a picture of its own in place of the icon.
    pub fn show_with(mut self, ui: &mut Ui, picture: impl FnOnce(&egui::Painter, Rect)) -> Response {
        self.pictured = true;
        self.show_inner(ui, picture)
    }

    fn show_inner(self, ui: &mut Ui, picture: impl FnOnce(&egui::Painter, Rect)) -> Response {
        let tokens = Tokens::of(ui);
        let enabled = ui.is_enabled();
        let (ground, ink, outline) = match self.look {
            Look::Primary => (tokens.acc, tokens.onacc, Color32::TRANSPARENT),
            Look::Normal => (tokens.ctl, tokens.text, Color32::TRANSPARENT),
            Look::Selected => (tokens.accbg, tokens.text, tokens.acc),
            Look::Bare => (Color32::TRANSPARENT, tokens.text, Color32::TRANSPARENT),
        };
        let ink = if enabled { ink } else { tokens.t3 };
        let strong = matches!(self.look, Look::Primary | Look::Selected) && !self.stacked;
        let type_size = match (self.look, self.stacked) {
            (Look::Primary, _) => 16.0,
            (_, true) => size::CAPTION,
            _ => size::BODY,
        };
        let font = if strong { bold(type_size) } else { regular(type_size) };
        let label = ui.fonts_mut(|fonts| fonts.layout_job(rich(self.label, font, ink)));
        let key = self.key.map(|key| ui.fonts_mut(|f| f.layout_no_wrap(key.to_owned(), regular(12.0), ink)));
        let has_icon = self.icon.is_some() || self.pictured;
        let icon_size = if self.stacked { 20.0 } else { 18.0 };
        let gap = 6.0;
        let wanted = if self.stacked {
            vec2(label.size().x + 10.0, icon_size + label.size().y + 12.0)
        } else {
            let icon = if has_icon { icon_size + if self.label.is_empty() { 0.0 } else { gap } } else { 0.0 };
            let key = key.as_ref().map_or(0.0, |key| key.size().x + 12.0 + gap);
            let padding = if self.tight {
                4.0
            } else if self.label.is_empty() {
                8.0
            } else {
                12.0
            };
            vec2(icon + label.size().x + key + 2.0 * padding, label.size().y + 10.0)
        };
        let (rect, response) = ui.allocate_exact_size(wanted.max(self.min_size).max(SMALLEST_TARGET), Sense::click());
        let name = plain(self.name.unwrap_or(self.label));
        let selected = self.look == Look::Selected;
        response.widget_info(|| {
            if selected {
                WidgetInfo::selected(Role::Button, enabled, true, &name)
            } else {
                WidgetInfo::labeled(Role::Button, enabled, &name)
            }
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let painter = ui.painter();
        let ground = match (enabled && (response.hovered() || response.is_pointer_button_down_on()), self.look) {
            (true, Look::Normal | Look::Bare) => tokens.hover,
            (true, Look::Primary) => super::tokens::blend(tokens.acc, tokens.text, 0.12),
            (true, Look::Selected) => super::tokens::blend(tokens.accbg, tokens.acc, 0.12),
            (false, _) => ground,
        };
        let radius = CornerRadius::same(CONTROL_RADIUS);
        let width = if outline == Color32::TRANSPARENT { 0.0 } else { 2.0 };
        painter.rect(rect, radius, ground, Stroke::new(width, outline), StrokeKind::Inside);
        if response.has_focus() {
            focus_ring(ui, rect);
        }
        if self.stacked {
            let total = icon_size + 2.0 + label.size().y;
            let top = rect.center().y - total / 2.0;
            let icon_rect =
                Rect::from_center_size(pos2(rect.center().x, top + icon_size / 2.0), Vec2::splat(icon_size));
            match self.icon {
                Some(icon) => icons::paint(painter, icon_rect, icon, ink),
                None => picture(painter, icon_rect),
            }
            let at = pos2(rect.center().x - label.size().x / 2.0, top + icon_size + 2.0);
            painter.galley(at, label, ink);
            return response;
        }
        let key_width = key.as_ref().map_or(0.0, |key| key.size().x + 12.0 + gap);
        let icon_width = if has_icon { icon_size + if self.label.is_empty() { 0.0 } else { gap } } else { 0.0 };
        let mut x = rect.center().x - (icon_width + label.size().x + key_width) / 2.0;
        if has_icon {
            let centre = pos2(x + icon_size / 2.0, rect.center().y);
            let icon_rect = Rect::from_center_size(centre, Vec2::splat(icon_size));
            match self.icon {
                Some(icon) => icons::paint(painter, icon_rect, icon, ink),
                None => picture(painter, icon_rect),
            }
            x += icon_width;
        }
        let label_width = label.size().x;
        painter.galley(pos2(x, rect.center().y - label.size().y / 2.0), label, ink);
        if let Some(key) = key {
            let chip = Rect::from_min_size(
                pos2(x + label_width + gap, rect.center().y - 10.0),
                vec2(key.size().x + 12.0, 20.0),
            );
            painter.rect_stroke(chip, 4.0, Stroke::new(1.0, ink), StrokeKind::Inside);
            painter.galley(chip.center() - key.size() / 2.0, key, ink);
        }
        response
    }
}

/// The ring around what has the keyboard.
pub fn focus_ring(ui: &Ui, rect: Rect) {
    let tokens = Tokens::of(ui);
    ui.painter().rect_stroke(rect.expand(2.0), CONTROL_RADIUS + 2, Stroke::new(2.0, tokens.text), StrokeKind::Middle);
}

/// A choice among a few: boxes in a frame, in two rows or two columns if they do not fit into one row. A double-click goes back to the
/// default. Returns whether it changed.
pub fn segmented<T: Copy + PartialEq + Default>(ui: &mut Ui, chosen: &mut T, options: &[(T, &str)]) -> bool {
    let tokens = Tokens::of(ui);
    let width = ui.available_width();
    let widest = options
        .iter()
        .map(|(_, label)| ui.fonts_mut(|f| f.layout_job(rich(label, bold(size::BODY), tokens.text)).size().x))
        .fold(0.0, f32::max);
    // All in one row if they fit, else in two rows, else in two columns.
    let fits = |columns: &usize| (widest + 16.0).max(SMALLEST_TARGET.x) * *columns as f32 <= width;
    let columns = [options.len(), options.len().div_ceil(2)].into_iter().find(fits).unwrap_or(2);
    let rows = options.len().div_ceil(columns);
    let height = 32.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, rows as f32 * height + 4.0), Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(CONTROL_RADIUS),
        tokens.panel,
        Stroke::new(1.0, tokens.line),
        StrokeKind::Inside,
    );
    let before = *chosen;
    let cell = vec2((width - 4.0) / columns as f32, height);
    for (index, &(value, label)) in options.iter().enumerate() {
        let place = vec2((index % columns) as f32 * cell.x, (index / columns) as f32 * cell.y);
        let cell_rect = Rect::from_min_size(rect.min + vec2(2.0, 2.0) + place, cell);
        let mut child = ui.new_child(
            UiBuilder::new().max_rect(cell_rect).layout(Layout::left_to_right(Align::Center)).id_salt(index),
        );
        let look = if value == *chosen { Look::Selected } else { Look::Bare };
        let response = IconButton::new(label).look(look).tight().min_size(cell).show(&mut child);
        if response.double_clicked() {
            *chosen = T::default();
        } else if response.clicked() {
            *chosen = value;
        }
    }
    *chosen != before
}

/// A heading that folds what follows, which is scrolled into view when it opens. Returns whether it is open.
pub fn fold(ui: &mut Ui, open: &mut bool, label: &str) -> bool {
    let tokens = Tokens::of(ui);
    let icon = if *open { Icon::Unfolded } else { Icon::Folded };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, *open, plain(label)));
    if response.clicked() {
        *open = !*open;
        if *open {
            scroll::show_what_opens(ui, rect);
        }
    }
    let icon_rect = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), Vec2::splat(14.0));
    let ink = if response.hovered() { tokens.text } else { tokens.t2 };
    icons::paint(ui.painter(), icon_rect, icon, ink);
    let mut job = rich(label, regular(size::BODY), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 24.0);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(rect.left() + 22.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    if response.has_focus() {
        focus_ring(ui, rect.shrink(2.0));
    }
    *open
}
