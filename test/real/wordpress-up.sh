#!/usr/bin/env bash
# A real WordPress of Debian 12 on this machine alone, with MariaDB and PHP's own server, for tests of its REST API.
# usage: wordpress-up.sh <new folder> <port>    needs root, php8.2-cli, php8.2-mysql and mariadb-server
# Prints one JSON line {"url","users":{"<login>":{"id","role","app_password"}}} and leaves both servers running.
# To stop:  kill -- -$(cat <folder>/php.pid); kill $(cat <folder>/maria.pid)
set -euo pipefail
run=$1 port=$2
chmod 755 "$run"
mkdir -p -m 777 "$run/debs"
mkdir -p "$run/site" "$run/mysql"

# The package is unpacked, not installed: it would bring Apache along. Its links lead to other packages' files.
(cd "$run/debs" && apt-get download -qq wordpress php-getid3 libjs-underscore libjs-cropper libjs-prototype libjs-scriptaculous)
for deb in "$run"/debs/*.deb; do dpkg-deb -x "$deb" "$run/root"; done
cp -r "$run/root/usr/share/wordpress/." "$run/site/"
find "$run/site" -type l | while read -r link; do
  target=$(readlink "$link")
  case "$target" in
    /*) real="$run/root$target" ;;
    *) real=$(realpath -m "$run/root/usr/share/wordpress/$(dirname "${link#"$run"/site/}")/$target") ;;
  esac
  rm "$link"
  if [ -e "$real" ]; then cp -rL "$real" "$link"; fi
done
rm -f "$run/site/wp-config.php"
mkdir -p "$run/site/wp-content/uploads"

mariadb-install-db --no-defaults --user=root --datadir="$run/mysql" \
  --auth-root-authentication-method=normal --skip-test-db >"$run/maria.log" 2>&1
setsid mariadbd --no-defaults --user=root --datadir="$run/mysql" --socket="$run/my.sock" --pid-file="$run/maria.own.pid" \
  --skip-networking --innodb-flush-log-at-trx-commit=2 >>"$run/maria.log" 2>&1 </dev/null &
echo $! >"$run/maria.pid"
for _ in $(seq 100); do
  mariadb-admin --no-defaults -uroot -S "$run/my.sock" ping >/dev/null 2>&1 && break
  sleep .1
done
mariadb --no-defaults -uroot -S "$run/my.sock" -e "create database wp character set utf8mb4"

cat >"$run/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:$run/my.sock');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as \$salt) define(\$salt, \$salt);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without HTTPS
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
\$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP
cat >"$run/router.php" <<'PHP'
<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && (is_file($_SERVER['DOCUMENT_ROOT'] . $path) || is_file(rtrim($_SERVER['DOCUMENT_ROOT'] . $path, '/') . '/index.php'))) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
PHP
cat >"$run/setup.php" <<'PHP'
<?php
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require $argv[1] . '/site/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Kecamatan uji', 'admin', 'admin@example.test', true, '', 'admin-pass', '');
update_option('permalink_structure', '/%postname%/');
$users = [];
foreach ([['admin', 'administrator'], ['kecamatan', 'contributor'], ['redaktur', 'editor']] as [$name, $role]) {
  $id = username_exists($name) ?: wp_insert_user(['user_login' => $name, 'user_pass' => "$name-pass", 'user_email' => "$name@example.test", 'role' => $role]);
  [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'kominfo']);
  $users[$name] = ['id' => $id, 'role' => $role, 'app_password' => WP_Application_Passwords::chunk_password($password)];
}
echo json_encode($users);
PHP
users=$(php -d display_errors=stderr "$run/setup.php" "$run" 2>"$run/setup.log" | tail -1)
PHP_CLI_SERVER_WORKERS=2 setsid php -S "127.0.0.1:$port" -t "$run/site" "$run/router.php" >"$run/php.log" 2>&1 </dev/null &
echo $! >"$run/php.pid"
for _ in $(seq 100); do
  curl -fsS "http://127.0.0.1:$port/wp-json/" -o /dev/null 2>/dev/null && break
  sleep .1
done
echo "{\"url\":\"http://127.0.0.1:$port\",\"users\":$users}"
