#!/usr/bin/env bash
# A WordPress as an office would run it, on this machine's loopback alone: Debian 12's WordPress, php-fpm with opcache,
# nginx and MariaDB, each with a configuration of its own in one folder, none of Debian's services touched.
# usage: wordpress-up.sh <new folder> <port> <php workers> <posts that wait>     needs root; installs what is missing
# Prints one JSON line {"url","user","password","version"}; pids in <folder>/*.pid, each a process group of its own.
set -euo pipefail
run=$1 port=$2 workers=$3 waiting=$4
here=$(cd "$(dirname "$0")" && pwd)
chmod 755 "$run"

packages="php8.2-fpm php8.2-cli php8.2-mysql php8.2-gd php8.2-mbstring php8.2-xml php8.2-curl mariadb-server nginx curl"
if ! dpkg -s $packages >/dev/null 2>&1; then
  # Debian would start each service as it installs it, on its own port.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy
    trap 'rm -f $policy' EXIT
  fi
  apt-get -qq update >&2
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages >"$run/apt.log" 2>&1
fi

# The package is unpacked, not installed: it would bring Apache along. Its links lead to other packages' files.
mkdir -p -m 777 "$run/debs"
(cd "$run/debs" && apt-get -qq download wordpress php-getid3 libjs-underscore libjs-cropper libjs-prototype libjs-scriptaculous)
for deb in "$run"/debs/*.deb; do dpkg-deb -x "$deb" "$run/root"; done
site=$run/root/usr/share/wordpress
find "$site" -type l | while read -r link; do
  target=$(readlink "$link")
  case "$target" in
    /*) real="$run/root$target" ;;
    *) real=$(realpath -m "$(dirname "$link")/$target") ;;
  esac
  rm "$link"
  if [ -e "$real" ]; then cp -rL "$real" "$link"; fi
done
rm -f "$site/wp-config.php"
mkdir -p "$site/wp-content/uploads" "$site/wp-content/mu-plugins"
cp "$here/without-sizes.php" "$site/wp-content/mu-plugins/"

# MariaDB as Debian configures it: every commit is synced to disk, as the newsroom's are.
mkdir -p "$run/mysql"
mariadb-install-db --no-defaults --user=root --datadir="$run/mysql" \
  --auth-root-authentication-method=normal --skip-test-db >"$run/maria.log" 2>&1
setsid mariadbd --no-defaults --user=root --datadir="$run/mysql" --socket="$run/my.sock" \
  --pid-file="$run/maria.own.pid" --skip-networking >>"$run/maria.log" 2>&1 </dev/null &
echo $! >"$run/maria.pid"
for _ in $(seq 200); do
  mariadb-admin --no-defaults -uroot -S "$run/my.sock" ping >/dev/null 2>&1 && break
  sleep .1
done
mariadb --no-defaults -uroot -S "$run/my.sock" -e "create database wp character set utf8mb4"

cat >"$site/wp-config.php" <<PHP
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
user=$(php -d display_errors=stderr "$here/wordpress-setup.php" "$site" "$waiting" 2>"$run/setup.log" | tail -1)

owner=nobody
chown -R "$owner" "$site/wp-content"
cat >"$run/fpm.conf" <<CONF
[global]
error_log = $run/fpm.log
daemonize = no
[www]
user = $owner
group = nogroup
listen = $run/fpm.sock
listen.owner = www-data
listen.mode = 0666
listen.backlog = 511
pm = static
pm.max_children = $workers
php_admin_value[opcache.enable] = 1
php_admin_value[opcache.memory_consumption] = 256
php_admin_value[upload_max_filesize] = 32M
php_admin_value[post_max_size] = 33M
CONF
setsid php-fpm8.2 --nodaemonize --allow-to-run-as-root -y "$run/fpm.conf" >>"$run/fpm.log" 2>&1 </dev/null &
echo $! >"$run/fpm.pid"

cat >"$run/nginx.conf" <<CONF
daemon off;
pid $run/nginx.own.pid;
error_log $run/nginx.log;
worker_processes auto;
events { worker_connections 512; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  tcp_nodelay on;
  keepalive_requests 1000000;
  client_max_body_size 33m;
  client_body_temp_path $run/nginx-body;
  fastcgi_temp_path $run/nginx-fastcgi;
  proxy_temp_path $run/nginx-proxy;
  uwsgi_temp_path $run/nginx-uwsgi;
  scgi_temp_path $run/nginx-scgi;
  server {
    listen 127.0.0.1:$port;
    root $site;
    index index.php;
    location / { try_files \$uri \$uri/ /index.php?\$args; }
    location ~ \.php\$ {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
      fastcgi_read_timeout 300s;
      # As Debian's own page: a connection that is kept would hold a PHP worker while it asks nothing.
      fastcgi_pass unix:$run/fpm.sock;
    }
  }
}
CONF
setsid nginx -c "$run/nginx.conf" >>"$run/nginx.log" 2>&1 </dev/null &
echo $! >"$run/nginx.pid"
for _ in $(seq 200); do
  curl -fsS "http://127.0.0.1:$port/wp-json/" -o /dev/null 2>/dev/null && break
  sleep .1
done
version=$(sed -n "s/^\$wp_version = '\(.*\)';/\1/p" "$site/wp-includes/version.php")
echo "{\"url\":\"http://127.0.0.1:$port\",\"version\":\"$version\",${user#\{}"
