namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>nginx as a reverse proxy, with its defaults but for the lines that every reverse proxy has, and short time limits.</summary>
/// <param name="protocol">What follows the address in <c>listen</c>: nothing for HTTP/1.1, "http2".</param>
internal sealed class NginxPeer(string protocol = "") : ProxyPeer
{
    public override string Name => "nginx";

    protected override (string, string) Executable => ("nginx", "-v");

    protected override string[] Configure()
    {
        var file = Path.Combine(Folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            master_process off;
            pid {{Folder}}/pid;
            error_log {{Folder}}/error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                client_header_timeout 1s;
                client_body_timeout 1s;
                keepalive_timeout 1s;
                lingering_timeout 1s;
                client_body_temp_path {{Folder}}/body;
                proxy_temp_path {{Folder}}/proxy;
                fastcgi_temp_path {{Folder}}/fastcgi;
                uwsgi_temp_path {{Folder}}/uwsgi;
                scgi_temp_path {{Folder}}/scgi;
                server {
                    listen unix:{{SocketPath}} {{protocol}};
                    location / {
                        proxy_pass http://127.0.0.1:{{BackendPort}};
                        proxy_http_version 1.1;
                        proxy_set_header Host $http_host;
                        proxy_set_header Connection "";
                    }
                }
            }
            """);
        return ["-p", Folder, "-e", Path.Combine(Folder, "error.log"), "-c", file];
    }
}
