//! Which file needs which, and the circles in that.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::{resolve::Found, source::Source};

/// Files and what they need.
pub struct Graph {
    /// The files, by their paths below `src`.
    pub files: Vec<String>,
    /// For each file the files that it needs, each with a path that says so.
    pub needs: Vec<BTreeMap<usize, String>>,
    /// For each file what it names of other crates.
    pub outside: Vec<BTreeSet<String>>,
}

impl Graph {
    /// Follows all that is named. An edge goes to the file that defines the item, and none to the file itself.
    pub fn of(source: &Source) -> Self {
        let count = source.files.len();
        let mut needs = vec![BTreeMap::new(); count];
        let mut outside = vec![BTreeSet::new(); count];
        for mention in &source.mentions {
            let file = source.modules[mention.module].file;
            if source.tests.contains(&file) {
                continue;
            }
            for found in source.resolve(mention.module, &mention.path) {
                match found {
                    Found::Item(other) if other != file => {
                        needs[file].entry(other).or_insert_with(|| mention.path.join("::"));
                    }
                    // One segment alone is a variable, or a crate that the next path names in full.
                    Found::Outside(path) if path.len() > 1 => {
                        outside[file].insert(path.join("::"));
                    }
                    _ => {}
                }
            }
        }
        Self { files: source.files.clone(), needs, outside }
    }

    /// The circles among the files that `inside` names: the largest sets in which each file needs each other, by way of the
    /// others. Sorted, the largest first.
    pub fn circles(&self, inside: impl Fn(&str) -> bool) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.files.len()).filter(|&file| inside(&self.files[file])).collect();
        let reached: BTreeMap<usize, BTreeSet<usize>> =
            all.iter().map(|&file| (file, self.reached(file, |next| inside(&self.files[next])))).collect();
        let mut circles: Vec<Vec<usize>> = vec![];
        for &file in &all {
            if circles.iter().flatten().all(|&known| known != file) && reached[&file].contains(&file) {
                circles.push(reached[&file].iter().copied().filter(|other| reached[other].contains(&file)).collect());
            }
        }
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    /// All files that a file needs, by way of others too; itself only if it is on a circle.
    pub fn reached(&self, from: usize, inside: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            open.extend(self.needs[file].keys().copied().filter(|&next| inside(next) && reached.insert(next)));
        }
        reached
    }

    /// The shortest way round from a file of a circle back to it, with what is named at each step.
    pub fn way_round(&self, circle: &[usize]) -> String {
        let ways = circle.iter().filter_map(|&start| self.shortest(start, circle));
        let way = ways.min_by_key(Vec::len).expect("each file of a circle needs the next");
        let steps = way.windows(2).map(|pair| {
            format!("{} names {} of {}", self.files[pair[0]], self.needs[pair[0]][&pair[1]], self.files[pair[1]])
        });
        steps.collect::<Vec<_>>().join("; ")
    }

    fn shortest(&self, start: usize, circle: &[usize]) -> Option<Vec<usize>> {
        let mut before = BTreeMap::new();
        let mut open = VecDeque::from([start]);
        while let Some(file) = open.pop_front() {
            for &next in self.needs[file].keys().filter(|next| circle.contains(next)) {
                if next == start {
                    let mut way = vec![start, file];
                    while let Some(&earlier) = before.get(&way[way.len() - 1]) {
                        way.push(earlier);
                    }
                    way.reverse();
                    return Some(way);
                }
                before.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    file
                });
            }
        }
        None
    }
}
