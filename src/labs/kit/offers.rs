//! What the labs offer to each other, by type: at most one of each.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    rc::Rc,
};

/// What is offered now.
#[derive(Clone, Default)]
pub struct Offers {
    offered: HashMap<TypeId, Rc<dyn Any>>,
}

impl Offers {
    /// Offers this in place of what was offered of its type; `None` takes back what was offered.
    pub fn offer<T: Any>(&mut self, offered: Option<T>) {
        match offered {
            Some(offered) => self.offered.insert(TypeId::of::<T>(), Rc::new(offered)),
            None => self.offered.remove(&TypeId::of::<T>()),
        };
    }

    /// Returns what is offered of this type.
    #[must_use]
    pub fn get<T: Any>(&self) -> Option<Rc<T>> {
        self.offered.get(&TypeId::of::<T>()).and_then(|offered| Rc::clone(offered).downcast().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_last_of_a_type_counts_until_it_is_taken_back() {
        let mut offers = Offers::default();
        offers.offer(Some(3_u8));
        offers.offer(Some("a word"));
        offers.offer(Some(4_u8));
        assert_eq!((offers.get::<u8>().as_deref(), offers.get::<&str>().as_deref()), (Some(&4), Some(&"a word")));
        offers.offer::<u8>(None);
        assert!(offers.get::<u8>().is_none() && offers.get::<&str>().is_some());
    }
}
