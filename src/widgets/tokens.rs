//! Colours, type sizes and spacing of the design, in one place.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Theme, Ui, Vec2,
    style::{ScrollStyle, Selection, WidgetVisuals, Widgets},
    vec2,
};

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// Spin up, in both themes.
pub const SPIN_UP: Color32 = hex(0xF4_C963);
/// Spin down, in both themes.
pub const SPIN_DOWN: Color32 = hex(0x1B_3F70);
/// Thermometer at T_c, in both themes.
pub const NEUTRAL: Color32 = hex(0xEA_DFC8);

/// Space between cards.
pub const GAP: f32 = 12.0;
/// Padding inside a card.
pub const PADDING: f32 = 14.0;
/// Corner radii.
pub const CARD_RADIUS: u8 = 8;
/// Corner radius of a control.
pub const CONTROL_RADIUS: u8 = 6;

/// Type sizes in points.
pub mod size {
    /// The thermometer's value.
    pub const DISPLAY: f32 = 30.0;
    /// The program's name.
    pub const APP: f32 = 20.0;
    /// A card's title.
    pub const TITLE: f32 = 15.0;
    /// Labels and buttons.
    pub const BODY: f32 = 14.0;
    /// Live value at the end of a slider.
    pub const VALUE: f32 = 16.0;
    /// Captions, axis labels, the status bar.
    pub const CAPTION: f32 = 13.0;
    /// Ticks: the smallest text there is.
    pub const TICK: f32 = 12.0;
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// Window ground.
    pub win: Color32,
    /// Bars.
    pub panel: Color32,
    /// Cards.
    pub card: Color32,
    /// Buttons and slider tracks.
    pub ctl: Color32,
    /// A control that is pointed at.
    pub hover: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Outlines of controls.
    pub edge: Color32,
    /// Plot ground.
    pub plot: Color32,
    /// Plot grid.
    pub grid: Color32,
    /// Main text.
    pub text: Color32,
    /// Secondary text.
    pub t2: Color32,
    /// Disabled text.
    pub t3: Color32,
    /// Primary accent.
    pub acc: Color32,
    /// Text on the accent.
    pub onacc: Color32,
    /// Ground of what is selected.
    pub accbg: Color32,
    /// Running, right.
    pub ok: Color32,
    /// Caution.
    pub warn: Color32,
    /// Ground of a caution.
    pub warnbg: Color32,
    /// Failure.
    pub err: Color32,
    /// Ground of a failure.
    pub errbg: Color32,
    /// Cold end of the thermometer.
    pub cold: Color32,
    /// Hot end of the thermometer.
    pub hot: Color32,
    /// Exact curves and guides.
    pub reference: Color32,
    /// Series in plots, each with a dash of its own.
    pub series: [Color32; 5],
}

/// The dark theme.
pub const DARK: Tokens = Tokens {
    win: hex(0x0D_1117),
    panel: hex(0x13_1922),
    card: hex(0x19_212B),
    ctl: hex(0x26_323F),
    hover: hex(0x31_4152),
    line: hex(0x2D_3947),
    edge: hex(0x66_788B),
    plot: hex(0x10_161D),
    grid: hex(0x26_313D),
    text: hex(0xEE_F2F6),
    t2: hex(0xB9_C4CF),
    t3: hex(0x93_A1AF),
    acc: hex(0x4F_D1C5),
    onacc: hex(0x05_211F),
    accbg: hex(0x17_3B3C),
    ok: hex(0x74_D99F),
    warn: hex(0xFF_A64D),
    warnbg: hex(0x3A_2A17),
    err: hex(0xFF_7B7B),
    errbg: hex(0x40_1F23),
    cold: hex(0x6F_B4FF),
    hot: hex(0xFF_7A55),
    reference: hex(0xD5_DCE3),
    series: [hex(0xF4_C963), hex(0x5C_9DFF), hex(0xFF_7448), hex(0xF3_E1FF), hex(0x35_BE86)],
};

/// The light theme.
pub const LIGHT: Tokens = Tokens {
    win: hex(0xE9_EDF1),
    panel: hex(0xF6_F8FA),
    card: hex(0xFF_FFFF),
    ctl: hex(0xE3_E9EF),
    hover: hex(0xD5_DDE6),
    line: hex(0xCD_D6DF),
    edge: hex(0x7B_8997),
    plot: hex(0xFA_FBFC),
    grid: hex(0xE2_E8EE),
    text: hex(0x12_1920),
    t2: hex(0x3C_4956),
    t3: hex(0x58_6573),
    acc: hex(0x0A_736E),
    onacc: hex(0xFF_FFFF),
    accbg: hex(0xD3_ECEA),
    ok: hex(0x17_774A),
    warn: hex(0x9A_4F00),
    warnbg: hex(0xFF_EBD3),
    err: hex(0xB3_261E),
    errbg: hex(0xFD_E3E1),
    cold: hex(0x17_64BD),
    hot: hex(0xC9_431A),
    reference: hex(0x2E_3A46),
    series: [hex(0xA6_6300), hex(0x1B_66C4), hex(0x8A_1C0E), hex(0x4B_1480), hex(0x0F_7A52)],
};

impl Tokens {
    /// The tokens of the theme in force.
    #[must_use]
    pub fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }

    /// Colour of the thermometer's fluid: cold to neutral at T_c, neutral to hot above.
    #[must_use]
    pub fn heat(&self, temperature: f64, critical: f64, hottest: f64) -> Color32 {
        if temperature <= critical {
            blend(self.cold, NEUTRAL, temperature / critical)
        } else {
            // Hot is reached at twice the way to the top, as the pictures of the design have it.
            blend(NEUTRAL, self.hot, (1.8 * (temperature - critical) / (hottest - critical)).min(1.0))
        }
    }
}

/// Linear blend of two colours.
#[must_use]
pub fn blend(from: Color32, to: Color32, share: f64) -> Color32 {
    from.lerp_to_gamma(to, share.clamp(0.0, 1.0) as f32)
}

/// The bold family of the bundled fonts.
#[must_use]
pub fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Regular type of a size.
#[must_use]
pub fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Bold type of a size.
#[must_use]
pub fn bold(size: f32) -> FontId {
    FontId::new(size, bold_family())
}

/// Puts the design into egui's style, for both themes.
pub fn apply(ctx: &Context) {
    for (theme, tokens) in [(Theme::Dark, &DARK), (Theme::Light, &LIGHT)] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Heading, bold(19.0)),
                (TextStyle::Body, regular(size::BODY)),
                (TextStyle::Button, regular(size::BODY)),
                (TextStyle::Small, regular(size::CAPTION)),
                (TextStyle::Monospace, FontId::monospace(size::BODY)),
            ]
            .into();
            style.animation_time = 0.0;
            style.explanation_tooltips = false;
            let spacing = &mut style.spacing;
            spacing.item_spacing = vec2(8.0, 8.0);
            spacing.button_padding = vec2(12.0, 7.0);
            spacing.interact_size = vec2(36.0, 32.0);
            spacing.scroll = scroll_bars();
            // A list of choices is shown whole where the window has the room.
            spacing.combo_height = 560.0;
            spacing.default_area_size = vec2(600.0, 640.0);
            spacing.tooltip_width = 320.0;
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            let visuals = &mut style.visuals;
            visuals.panel_fill = tokens.panel;
            visuals.window_fill = tokens.card;
            visuals.window_stroke = Stroke::new(1.0, tokens.line);
            visuals.extreme_bg_color = tokens.plot;
            visuals.faint_bg_color = tokens.ctl;
            visuals.hyperlink_color = tokens.acc;
            visuals.warn_fg_color = tokens.warn;
            visuals.error_fg_color = tokens.err;
            visuals.weak_text_color = Some(tokens.t2);
            visuals.selection = Selection { bg_fill: tokens.accbg, stroke: Stroke::new(2.0, tokens.acc) };
            visuals.widgets = widgets(tokens);
        });
    }
}

/// Bars beside the content whose room is kept free also where there is no bar: rows keep their width when a column grows.
fn scroll_bars() -> ScrollStyle {
    let [width, gap] = [8.0, 4.0];
    ScrollStyle {
        content_margin: Margin { right: (width + gap) as i8, ..Margin::ZERO },
        bar_width: width,
        floating_width: width,
        floating_allocated_width: 0.0,
        foreground_color: false,
        dormant_handle_opacity: 1.0,
        active_handle_opacity: 1.0,
        interact_handle_opacity: 1.0,
        ..ScrollStyle::floating()
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let state = |fill: Color32, edge: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: CornerRadius::same(CONTROL_RADIUS),
        fg_stroke: Stroke::new(1.5, tokens.text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: state(tokens.card, tokens.line),
        inactive: state(tokens.ctl, Color32::TRANSPARENT),
        hovered: state(tokens.hover, Color32::TRANSPARENT),
        active: state(tokens.hover, tokens.text),
        open: state(tokens.hover, tokens.edge),
    }
}

/// Smallest target for a finger or a pointer.
pub const SMALLEST_TARGET: Vec2 = vec2(28.0, 28.0);
