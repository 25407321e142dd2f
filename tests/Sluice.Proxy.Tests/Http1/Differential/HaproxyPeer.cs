namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>HAProxy with its defaults but for short time limits.</summary>
/// <param name="protocol">What follows the address in <c>bind</c>: nothing for HTTP/1.1, "proto h2".</param>
internal sealed class HaproxyPeer(string protocol = "") : ProxyPeer
{
    public override string Name => "HAProxy";

    protected override (string, string) Executable => ("haproxy", "-v");

    protected override string[] Configure()
    {
        var file = Path.Combine(Folder, "haproxy.cfg");
        File.WriteAllText(file, $"""
            global
                nbthread 1
                maxconn 256
            defaults
                mode http
                timeout connect 5s
                timeout client 1s
                timeout server 5s
                timeout http-request 1s
                timeout http-keep-alive 1s
            frontend front
                bind {SocketPath} {protocol}
                default_backend back
            backend back
                server s 127.0.0.1:{BackendPort}

            """);
        return ["-db", "-q", "-f", file];
    }
}
