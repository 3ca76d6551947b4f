<?php
// Installs WordPress without a browser: one author who may upload, and posts that wait for review.
// usage: php wordpress-setup.php <site> <waiting>
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Redaksi', 'admin', 'admin@example.test', true, '', 'admin-pass', '');
update_option('permalink_structure', '/%postname%/');
$id = wp_insert_user(['user_login' => 'redaktur', 'user_pass' => wp_generate_password(), 'user_email' => 'redaktur@example.test', 'role' => 'editor']);
for ($i = 1; $i <= (int) $argv[2]; $i++) {
  wp_insert_post(['post_author' => $id, 'post_status' => 'pending', 'post_title' => "Posyandu Balita Digelar di Desa Wanajaya $i", 'post_content' => str_repeat('Kegiatan berlangsung tertib dan dihadiri para kader. ', 40)]);
}
[$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'kominfo']);
echo json_encode(['user' => 'redaktur', 'password' => $password]);
