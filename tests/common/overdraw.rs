//! How often a frame paints over itself: the area of its triangles over the area of the window.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use egui::{
    Context, Pos2, Rect, Shape, TextureId,
    epaint::{ClippedPrimitive, ClippedShape, Primitive},
};
use egui_kittest::Harness;
use spinscape::{
    app::{Options, Spinscape, preferences::ThemeChoice},
    labs::{
        boltzmann::restricted::{RestrictedPage, settings::Tab as RbmTab},
        hopfield::memory::{MemoryPage, look::Tab},
    },
    simulation::{Clock, ManualClock},
    text::Language,
};

/// What a layer is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Filled rectangles: bars, cards, plot grounds, buttons.
    Grounds,
    /// Textures: lattices, patterns, weights.
    Pictures,
    /// Lines, curves, balls and icons.
    Plots,
    /// Glyphs, with the air around them.
    Text,
}

impl Kind {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 4] = [Self::Grounds, Self::Pictures, Self::Plots, Self::Text];

    fn of(shape: &Shape) -> Self {
        match shape {
            Shape::Text(_) => Self::Text,
            Shape::Mesh(mesh) if mesh.texture_id != TextureId::default() => Self::Pictures,
            Shape::Rect(rect) if rect.brush.is_some() => Self::Pictures,
            Shape::Rect(_) => Self::Grounds,
            _ => Self::Plots,
        }
    }
}

/// Painted area over the window's area, for each kind of layer.
#[derive(Clone, Debug, Default)]
pub struct Overdraw(pub BTreeMap<Kind, f64>);

impl Overdraw {
    /// Adds up the triangles of a frame, each cut to its clip rectangle and the window.
    pub fn of(ctx: &Context, shapes: &[ClippedShape], pixels_per_point: f32, window: Rect) -> Self {
        let mut areas = BTreeMap::new();
        let mut flat = Vec::new();
        shapes.iter().for_each(|shape| flatten(shape, &shape.shape, &mut flat));
        for shape in flat {
            let kind = Kind::of(&shape.shape);
            let area: f64 =
                ctx.tessellate(vec![shape], pixels_per_point).iter().map(|primitive| area(primitive, window)).sum();
            *areas.entry(kind).or_insert(0.0) += area / f64::from(window.area());
        }
        Self(areas)
    }

    /// The layers of one kind.
    pub fn layers(&self, kind: Kind) -> f64 {
        self.0.get(&kind).copied().unwrap_or(0.0)
    }

    /// All layers together.
    pub fn total(&self) -> f64 {
        self.0.values().sum()
    }
}

fn flatten(clipped: &ClippedShape, shape: &Shape, flat: &mut Vec<ClippedShape>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(clipped, shape, flat)),
        Shape::Noop => {}
        shape => flat.push(ClippedShape { shape: shape.clone(), ..clipped.clone() }),
    }
}

/// The area that a primitive paints, in square points.
fn area(primitive: &ClippedPrimitive, window: Rect) -> f64 {
    let Primitive::Mesh(mesh) = &primitive.primitive else { return 0.0 };
    let clip = primitive.clip_rect.intersect(window);
    if !clip.is_positive() {
        return 0.0;
    }
    let corner = |index: u32| mesh.vertices[index as usize].pos;
    mesh.indices.chunks_exact(3).map(|corners| triangle_area([0, 1, 2].map(|at| corner(corners[at])), clip)).sum()
}

/// The area of a triangle inside a rectangle: cut at each of its four sides in turn.
pub fn triangle_area(triangle: [Pos2; 3], clip: Rect) -> f64 {
    let mut polygon: Vec<[f64; 2]> = triangle.iter().map(|at| [f64::from(at.x), f64::from(at.y)]).collect();
    let sides = [(0, clip.left(), 1.0), (0, clip.right(), -1.0), (1, clip.top(), 1.0), (1, clip.bottom(), -1.0)];
    for (axis, bound, sign) in sides {
        let depth = |at: &[f64; 2]| sign * (at[axis] - f64::from(bound));
        let mut kept = Vec::with_capacity(polygon.len() + 1);
        for (index, at) in polygon.iter().enumerate() {
            let before = &polygon[(index + polygon.len() - 1) % polygon.len()];
            let (inside, was) = (depth(at), depth(before));
            if (inside >= 0.0) != (was >= 0.0) {
                let share = was / (was - inside);
                kept.push([0, 1].map(|axis| before[axis] + share * (at[axis] - before[axis])));
            }
            if inside >= 0.0 {
                kept.push(*at);
            }
        }
        polygon = kept;
    }
    let cross = |index: usize| {
        let (at, next) = (polygon[index], polygon[(index + 1) % polygon.len()]);
        at[0] * next[1] - at[1] * next[0]
    };
    (0..polygon.len()).map(cross).sum::<f64>().abs() / 2.0
}

/// A page as it stands in front of a class, with its simulation running.
pub struct Place {
    /// The lab, and the page or tab.
    pub name: &'static str,
    lab: &'static str,
    page: &'static str,
    prepare: fn(&mut dyn std::any::Any),
}

fn memory(page: &mut dyn std::any::Any, tab: Tab) {
    let page: &mut MemoryPage = page.downcast_mut().expect("the page of the memory");
    page.show_tab(tab);
    page.set_running(true);
}

fn machine(page: &mut dyn std::any::Any, tab: RbmTab) {
    let page: &mut RestrictedPage = page.downcast_mut().expect("the page of the machine");
    page.show_tab(tab);
    page.put_a_picture();
    page.set_learning(true);
}

/// Every page and every tab that changes what is on screen.
pub const PLACES: [Place; 12] = [
    Place { name: "ising magnet", lab: "ising", page: "magnet", prepare: |_| {} },
    Place { name: "ising lattices", lab: "ising", page: "lattices", prepare: |_| {} },
    Place { name: "hopfield film", lab: "hopfield", page: "memory", prepare: |page| memory(page, Tab::Film) },
    Place { name: "hopfield likeness", lab: "hopfield", page: "memory", prepare: |page| memory(page, Tab::Likeness) },
    Place {
        name: "hopfield connections",
        lab: "hopfield",
        page: "memory",
        prepare: |page| memory(page, Tab::Connections),
    },
    Place { name: "hopfield phase", lab: "hopfield", page: "memory", prepare: |page| memory(page, Tab::Phase) },
    Place { name: "hopfield race", lab: "hopfield", page: "memory", prepare: |page| memory(page, Tab::Race) },
    Place {
        name: "hopfield experiments",
        lab: "hopfield",
        page: "memory",
        prepare: |page| memory(page, Tab::Experiments),
    },
    Place { name: "rbm features", lab: "rbm", page: "restricted", prepare: |page| machine(page, RbmTab::Features) },
    Place { name: "rbm dreams", lab: "rbm", page: "restricted", prepare: |page| machine(page, RbmTab::Dreams) },
    Place { name: "rbm draw", lab: "rbm", page: "restricted", prepare: |page| machine(page, RbmTab::Draw) },
    Place { name: "rbm eyes", lab: "rbm", page: "restricted", prepare: |page| machine(page, RbmTab::Eyes) },
];

impl Place {
    /// The program with this page in front, after so many sixtieths of a second. Nothing is rendered.
    pub fn shown(&self, size: [f32; 2], theme: ThemeChoice, frames: usize) -> Harness<'static, Spinscape> {
        let clock = Arc::new(ManualClock::default());
        let options = Options {
            by_hand: Some(Arc::clone(&clock) as Arc<dyn Clock>),
            language: Some(Language::English),
            ..Options::default()
        };
        let builder = Harness::builder().with_size(size).with_step_dt(1.0 / 60.0);
        let mut harness = builder.build_eframe(|cc| Spinscape::new(cc, options));
        let ctx = harness.ctx.clone();
        harness.state_mut().set_theme(&ctx, theme);
        harness.state_mut().show_lab(self.lab);
        harness.run_steps(2);
        assert!(harness.state_mut().lab().show_page(self.page), "no page {}", self.page);
        harness.run_steps(2);
        (self.prepare)(harness.state_mut().lab().page().as_any());
        for _ in 0..frames {
            clock.pass(Duration::from_micros(16_667));
            harness.step();
        }
        harness
    }

    /// The overdraw of its last frame.
    pub fn overdraw(&self, size: [f32; 2], frames: usize) -> Overdraw {
        let harness = self.shown(size, ThemeChoice::Dark, frames);
        let output = harness.output();
        let window = Rect::from_min_size(Pos2::ZERO, size.into());
        Overdraw::of(&harness.ctx, &output.shapes, output.pixels_per_point, window)
    }
}
