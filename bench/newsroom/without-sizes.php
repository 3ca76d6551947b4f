<?php
// Stock WordPress makes up to six smaller pictures of every upload. A request with this header asks for none, so that
// both can be measured: WordPress as it is, and WordPress that does no more with a photo than keep it.
if (($_SERVER['HTTP_X_BENCH_SIZES'] ?? '') === 'none') {
  add_filter('intermediate_image_sizes_advanced', '__return_empty_array');
}
