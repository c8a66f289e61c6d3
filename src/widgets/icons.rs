//! Icons as painter strokes on a 20 × 20 grid.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, vec2};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Triangle.
    Play,
    /// Two bars.
    Pause,
    /// One step on.
    Step,
    /// Turn back.
    Reset,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Flame.
    Heat,
    /// Lock.
    Freeze,
    /// Four arrows.
    Move,
    /// Camera.
    Camera,
    /// Corners of a screen.
    FullScreen,
    /// Question mark.
    Help,
    /// Sun.
    Sun,
    /// Moon.
    Moon,
    /// Half sun, half moon: as the system says.
    System,
    /// Minus.
    Minus,
    /// Plus.
    Plus,
    /// Everything.
    Whole,
    /// Eye.
    Eye,
    /// A closed eye.
    EyeClosed,
    /// Dice.
    Dice,
    /// Three dots.
    More,
    /// Cross.
    Close,
    /// Warning triangle.
    Warning,
    /// Pointing right: folded.
    Folded,
    /// Pointing down: open.
    Unfolded,
    /// A loop, once around.
    Cycle,
    /// A magnifier.
    Inside,
    /// Broom: clear.
    Clear,
    /// Pencil.
    Pencil,
    /// Rubber.
    Eraser,
    /// Bucket.
    Bucket,
    /// Hatched area.
    Area,
    /// Half filled circle: turn over.
    Invert,
    /// Two halves on a line.
    Mirror,
    /// A picture to open.
    Picture,
    /// Dots.
    Noise,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Bin.
    Bin,
    /// Half of a square filled.
    Half,
    /// Tick.
    Tick,
    /// Ear.
    Ear,
}

/// Draws an icon into a square.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let scale = rect.width().min(rect.height()) / 20.0;
    let origin = rect.center() - vec2(10.0, 10.0) * scale;
    let at = |x: f32, y: f32| origin + vec2(x, y) * scale;
    let stroke = Stroke::new(2.0 * scale.max(0.75), color);
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    let filled = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
    };
    let circle = |x: f32, y: f32, r: f32| {
        painter.circle_stroke(at(x, y), r * scale, stroke);
    };
    let dot = |x: f32, y: f32, r: f32| {
        painter.circle_filled(at(x, y), r * scale, color);
    };
    let bar = |x: f32, y: f32, w: f32, h: f32| {
        painter.rect_filled(Rect::from_min_max(at(x, y), at(x + w, y + h)), scale, color);
    };
    let arc = |x: f32, y: f32, r: f32, from: f32, to: f32| {
        let points: Vec<(f32, f32)> = (0..=20)
            .map(|i| (from + (to - from) * i as f32 / 20.0).to_radians())
            .map(|angle| (x + r * angle.cos(), y + r * angle.sin()))
            .collect();
        line(&points);
    };
    match icon {
        Icon::Play => filled(&[(5.0, 3.0), (17.0, 10.0), (5.0, 17.0)]),
        Icon::Pause => {
            bar(4.5, 3.0, 4.0, 14.0);
            bar(11.5, 3.0, 4.0, 14.0);
        }
        Icon::Step => {
            filled(&[(3.0, 3.0), (12.0, 10.0), (3.0, 17.0)]);
            bar(13.5, 3.0, 3.0, 14.0);
        }
        Icon::Reset => {
            arc(10.0, 11.0, 6.5, -200.0, 70.0);
            line(&[(3.2, 3.5), (3.8, 8.8), (9.0, 8.2)]);
        }
        Icon::Up => {
            line(&[(10.0, 17.0), (10.0, 3.5)]);
            line(&[(4.5, 9.0), (10.0, 3.5), (15.5, 9.0)]);
        }
        Icon::Down => {
            line(&[(10.0, 3.0), (10.0, 16.5)]);
            line(&[(4.5, 11.0), (10.0, 16.5), (15.5, 11.0)]);
        }
        Icon::Heat => line(&[
            (10.5, 2.0),
            (6.5, 7.0),
            (4.8, 11.5),
            (6.3, 15.8),
            (10.0, 17.6),
            (13.7, 15.8),
            (15.2, 11.5),
            (13.2, 8.0),
            (11.6, 10.2),
            (11.8, 6.0),
            (10.5, 2.0),
        ]),
        Icon::Freeze => {
            painter.rect_stroke(
                Rect::from_min_max(at(4.5, 9.0), at(15.5, 17.0)),
                1.5 * scale,
                stroke,
                egui::StrokeKind::Middle,
            );
            arc(10.0, 8.5, 3.5, -180.0, 0.0);
        }
        Icon::Move => {
            line(&[(10.0, 2.0), (10.0, 18.0)]);
            line(&[(2.0, 10.0), (18.0, 10.0)]);
            for (x, y, dx, dy) in
                [(10.0, 2.0, 1.0, 0.0), (10.0, 18.0, 1.0, 0.0), (2.0, 10.0, 0.0, 1.0), (18.0, 10.0, 0.0, 1.0)]
            {
                let (ix, iy) = ((10.0_f32 - x) / 8.0 * 2.8, (10.0 - y) / 8.0 * 2.8);
                line(&[(x + ix - dx * 2.8, y + iy - dy * 2.8), (x, y), (x + ix + dx * 2.8, y + iy + dy * 2.8)]);
            }
        }
        Icon::Camera => {
            painter.rect_stroke(
                Rect::from_min_max(at(2.0, 5.5), at(18.0, 16.5)),
                2.0 * scale,
                stroke,
                egui::StrokeKind::Middle,
            );
            circle(10.0, 11.0, 3.0);
            line(&[(7.0, 5.0), (8.5, 3.2), (11.5, 3.2), (13.0, 5.0)]);
        }
        Icon::FullScreen => {
            for (x, y) in [(3.0, 3.0), (17.0, 3.0), (17.0, 17.0), (3.0, 17.0_f32)] {
                let (dx, dy) = ((10.0_f32 - x).signum() * 4.5, (10.0 - y).signum() * 4.5);
                line(&[(x + dx, y), (x, y), (x, y + dy)]);
            }
        }
        Icon::Help => {
            arc(10.0, 7.0, 4.0, -190.0, 50.0);
            line(&[(12.6, 10.0), (10.0, 12.2), (10.0, 13.6)]);
            dot(10.0, 17.0, 1.4);
        }
        Icon::Sun | Icon::System => {
            circle(10.0, 10.0, 3.8);
            for i in 0..8 {
                let (sin, cos) = (i as f32 * std::f32::consts::FRAC_PI_4).sin_cos();
                line(&[(10.0 + 6.2 * cos, 10.0 + 6.2 * sin), (10.0 + 8.2 * cos, 10.0 + 8.2 * sin)]);
            }
            if icon == Icon::System {
                filled(&[(10.0, 6.2), (10.0, 13.8), (7.3, 12.7), (6.2, 10.0), (7.3, 7.3)]);
            }
        }
        Icon::Moon => {
            arc(10.0, 10.0, 7.0, 30.0, 285.0);
            arc(14.2, 6.2, 5.7, 61.0, 213.0);
        }
        Icon::Minus => line(&[(4.0, 10.0), (16.0, 10.0)]),
        Icon::Plus => {
            line(&[(4.0, 10.0), (16.0, 10.0)]);
            line(&[(10.0, 4.0), (10.0, 16.0)]);
        }
        Icon::Whole => {
            painter.rect_stroke(
                Rect::from_min_max(at(3.0, 3.0), at(17.0, 17.0)),
                scale,
                stroke,
                egui::StrokeKind::Middle,
            );
            bar(7.5, 7.5, 5.0, 5.0);
        }
        Icon::Eye => {
            arc(10.0, 15.5, 9.5, -144.0, -36.0);
            arc(10.0, 4.5, 9.5, 36.0, 144.0);
            dot(10.0, 10.0, 2.4);
        }
        Icon::EyeClosed => {
            arc(10.0, 4.5, 9.5, 36.0, 144.0);
            line(&[(5.5, 13.0), (4.2, 15.6)]);
            line(&[(10.0, 14.2), (10.0, 17.2)]);
            line(&[(14.5, 13.0), (15.8, 15.6)]);
        }
        Icon::Dice => {
            painter.rect_stroke(
                Rect::from_min_max(at(2.5, 2.5), at(17.5, 17.5)),
                3.0 * scale,
                stroke,
                egui::StrokeKind::Middle,
            );
            for (x, y) in [(6.8, 6.8), (13.2, 13.2), (10.0, 10.0), (13.2, 6.8), (6.8, 13.2)] {
                dot(x, y, 1.3);
            }
        }
        Icon::More => {
            for x in [4.0, 10.0, 16.0] {
                dot(x, 10.0, 1.8);
            }
        }
        Icon::Close => {
            line(&[(4.5, 4.5), (15.5, 15.5)]);
            line(&[(15.5, 4.5), (4.5, 15.5)]);
        }
        Icon::Warning => {
            line(&[(10.0, 3.0), (18.0, 17.0), (2.0, 17.0), (10.0, 3.0)]);
            line(&[(10.0, 8.0), (10.0, 12.0)]);
            dot(10.0, 14.6, 1.1);
        }
        Icon::Folded => line(&[(7.0, 4.0), (13.0, 10.0), (7.0, 16.0)]),
        Icon::Unfolded => line(&[(4.0, 7.0), (10.0, 13.0), (16.0, 7.0)]),
        Icon::Cycle => {
            arc(10.0, 10.0, 6.8, -60.0, 200.0);
            line(&[(8.2, 2.2), (13.2, 4.0), (10.6, 8.6)]);
        }
        Icon::Inside => {
            circle(8.5, 8.5, 5.5);
            line(&[(12.6, 12.6), (17.5, 17.5)]);
        }
        Icon::Pencil => {
            line(&[(3.0, 17.0), (4.0, 12.5), (13.0, 3.5), (16.5, 7.0), (7.5, 16.0), (3.0, 17.0)]);
            line(&[(10.8, 5.7), (14.3, 9.2)]);
        }
        Icon::Eraser => {
            line(&[(7.0, 16.5), (3.0, 12.5), (11.5, 4.0), (17.0, 9.5), (10.0, 16.5), (7.0, 16.5)]);
            line(&[(7.2, 8.3), (12.7, 13.8)]);
            line(&[(10.0, 16.5), (17.0, 16.5)]);
        }
        Icon::Bucket => {
            line(&[(3.0, 10.0), (9.5, 3.5), (16.0, 10.0), (9.5, 16.5), (3.0, 10.0)]);
            line(&[(4.0, 10.0), (15.0, 10.0)]);
            dot(17.3, 15.0, 1.6);
        }
        Icon::Area => {
            line(&[(3.0, 3.0), (17.0, 3.0), (17.0, 17.0), (3.0, 17.0), (3.0, 3.0)]);
            line(&[(3.0, 10.0), (10.0, 17.0)]);
            line(&[(3.0, 3.5), (16.5, 17.0)]);
            line(&[(10.0, 3.0), (17.0, 10.0)]);
        }
        Icon::Invert => {
            circle(10.0, 10.0, 7.0);
            filled(&[(10.0, 3.2), (14.8, 5.2), (16.8, 10.0), (14.8, 14.8), (10.0, 16.8)]);
        }
        Icon::Mirror => {
            line(&[(10.0, 2.5), (10.0, 17.5)]);
            filled(&[(7.5, 5.0), (7.5, 15.0), (2.5, 15.0)]);
            line(&[(12.5, 5.0), (12.5, 15.0), (17.5, 15.0), (12.5, 5.0)]);
        }
        Icon::Picture => {
            line(&[(2.5, 4.0), (17.5, 4.0), (17.5, 16.0), (2.5, 16.0), (2.5, 4.0)]);
            line(&[(3.5, 15.0), (8.0, 9.5), (11.5, 13.5), (13.5, 11.5), (16.5, 15.0)]);
            dot(13.0, 7.6, 1.5);
        }
        Icon::Noise => {
            for (x, y) in [
                (4.0, 5.0),
                (9.0, 3.5),
                (15.0, 5.5),
                (6.5, 10.0),
                (12.0, 9.5),
                (16.5, 12.0),
                (4.0, 15.5),
                (10.0, 15.0),
                (14.5, 16.5),
            ] {
                dot(x, y, 1.4);
            }
        }
        Icon::Left => {
            line(&[(17.0, 10.0), (3.5, 10.0)]);
            line(&[(9.0, 4.5), (3.5, 10.0), (9.0, 15.5)]);
        }
        Icon::Right => {
            line(&[(3.0, 10.0), (16.5, 10.0)]);
            line(&[(11.0, 4.5), (16.5, 10.0), (11.0, 15.5)]);
        }
        Icon::Bin => {
            line(&[(3.0, 5.0), (17.0, 5.0)]);
            line(&[(8.0, 5.0), (8.0, 2.8), (12.0, 2.8), (12.0, 5.0)]);
            line(&[(5.0, 5.0), (5.8, 17.0), (14.2, 17.0), (15.0, 5.0)]);
        }
        Icon::Half => {
            line(&[(3.0, 3.0), (17.0, 3.0), (17.0, 17.0), (3.0, 17.0), (3.0, 3.0)]);
            bar(10.0, 3.0, 7.0, 14.0);
        }
        Icon::Tick => line(&[(3.5, 10.5), (8.0, 15.0), (16.5, 5.0)]),
        Icon::Ear => {
            arc(10.0, 8.0, 5.0, -200.0, 40.0);
            line(&[(13.8, 11.2), (11.5, 13.5), (11.0, 16.0), (9.0, 17.2), (7.2, 15.8)]);
            arc(10.0, 8.2, 2.0, -200.0, 60.0);
        }
        Icon::Clear => {
            line(&[(3.0, 17.0), (17.0, 17.0)]);
            line(&[(6.0, 14.0), (4.0, 11.0), (12.0, 3.0), (16.0, 7.0), (9.0, 14.0), (6.0, 14.0)]);
        }
    }
}
