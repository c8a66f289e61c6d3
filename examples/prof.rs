use spinscape::physics::rbm::{*, kernel::*, bits::*, noise::*, layer::*};
use std::time::Instant;
fn time(name:&str, n:u32, mut f: impl FnMut()) { f(); let t=Instant::now(); for _ in 0..n {f()} println!("{name}: {:.1} us", t.elapsed().as_secs_f64()*1e6/f64::from(n)); }
fn main(){
 let mut bits=Bits::zeros(100,784);
 let st=Streams::new(1,Purpose::Start,0);
 for r in 0..100 { let s=st.row(r); for u in 0..784 { if s.uniform(u as u32)<0.17 {bits.set(r,u,true);} } }
 let mut v=Layer::new(100,784); v.set_bits(&bits);
 let mut h=Layer::new(100,500);
 let w=Matrix::zeros(784,500); let wt=Matrix::zeros(500,784);
 let base=Matrix::zeros(1,500); let baset=Matrix::zeros(1,784);
 let mut out=Matrix::zeros(100,500);
 time("sum_rows v->h 17%",300,||sum_rows(&w,v.ones(),Base::Row(base.data()),1.0,out.data_mut()));
 time("draw h",300,||h.whole().each(|r,i,w| draw(i,1.0,st.row(r),Keep::Probability,w)));
 for r in 0..100 {for u in 0..500 { h.input.row_mut(r)[u]=-0.7; }}
 h.whole().each(|r,i,w| draw(i,1.0,st.row(r),Keep::Input,w));
 let mut out2=Matrix::zeros(100,784);
 time("sum_rows h->v 33%",300,||sum_rows(&wt,h.ones(),Base::Row(baset.data()),1.0,out2.data_mut()));
 time("draw v",300,||v.whole().each(|r,i,w| draw(i,1.0,st.row(r),Keep::Input,w)));
 v.set_bits(&bits);
 let mut by=Lists::new(784,100);
 time("list units",300,||by.list_units(&v.bits));
 time("list rows",300,||v.relist());
 let mut g=Matrix::zeros(784,500);
 time("gradient half",300,||sum_rows(&h.input,by.all(),Base::Zero,0.01,g.data_mut()));
 let mut w=w.clone(); let mut vel=w.clone();
 let stride=g.stride();
 time("move",300,||{for ((a,b),c) in w.data_mut().chunks_exact_mut(stride).zip(vel.data_mut().chunks_exact_mut(stride)).zip(g.data().chunks_exact(stride)){ move_row(Move{rate:0.01,momentum:0.5,l2:0.0,l1:0.0},a,b,c);} });
 let mut t=Matrix::zeros(500,784); let ts=t.stride();
 time("transpose",300,||w.transpose_into(0,t.data_mut(),ts));
 let grey=vec![100u8;784];
 let mut words=vec![0u64;13];
 time("binarise 100",300,||for r in 0..100{binarise(&grey,st.row(r),&mut words)});
 let mut s=0.0;
 time("softplus 100",300,||for r in 0..100{s+=softplus_sum(h.input.row(r),1.0)});
 println!("{s}");
}
