using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Sluice.Cli.Options;

namespace Sluice.Cli.Echo;

/// <summary><c>sluice echo</c>: the demo backend. Identity options default to the environment that a Pod sets.</summary>
internal static class EchoCommand
{
    public static Command Create()
    {
        var address = NetworkOptions.Address("--address", "The IP address to listen on. Default: 127.0.0.1.");
        var port = NetworkOptions.Port("--port", "HTTP/1.1, WebSocket, HTTP/2 with prior knowledge and gRPC; 0 takes a free port. Default: 3000.");
        var http2 = NetworkOptions.Port("--h2c-port", "HTTP/2 only, without TLS. Default: a free port.");
        var tcp = NetworkOptions.Port("--tcp", "Line based TCP echo. Default: none.");
        var udp = NetworkOptions.Port("--udp", "UDP echo: a JSON datagram for each datagram. Default: none.");
        var tls = NetworkOptions.Port("--tls", "HTTP/1.1 and HTTP/2 over TLS; client certificates are asked for, not demanded. Default: none.");
        var tcpTls = NetworkOptions.Port("--tcp-tls", "The line based TCP echo over TLS. Default: none.");
        var certificate = new Option<string>("--certificate") { Description = "The certificate for TLS, PEM.", HelpName = "FILE" };
        var key = new Option<string>("--key") { Description = "Its key, PEM.", HelpName = "FILE" };
        var clientCa = new Option<string>("--client-ca") { Description = "Authorities, PEM: over --tls, client certificates that are shown must be of one of them. Default: any is taken.", HelpName = "FILE" };
        var pod = Identity("--name", "POD_NAME", "The pod's name.");
        var space = Identity("--namespace", "NAMESPACE", "The pod's namespace.");
        var service = Identity("--service", "SERVICE_NAME", "The Service's name.");
        var ingress = Identity("--ingress", "INGRESS_NAME", "The name of the Gateway in front.");
        var redirect = new Option<string[]>("--redirect")
        {
            Description = "Answer PATH with 302 to TARGET, as applications with a login page do. Repeatable.",
            HelpName = "PATH=TARGET",
        };
        redirect.Validators.Add(CheckRedirects);
        var pods = new Option<FileInfo>("--pods")
        {
            Description = "Play several pods, each on an address of its own: a JSON list of objects with name, namespace, address and, as wanted, "
                + "service, ingress, port, h2cPort, tcp, udp, tlsPort, tcpTlsPort, certificate, key, clientCa. Instead of the options above; each line begins with [NAMESPACE/NAME].",
            HelpName = "FILE",
        };
        var quiet = new Option<bool>("--quiet") { Description = "Do not log requests." };
        var command = new Command("echo", "Run the demo backend, which answers with JSON of what it received.")
        {
            address, port, http2, tcp, udp, tls, tcpTls, certificate, key, clientCa, pod, space, service, ingress, redirect, pods, quiet,
        };
        command.Validators.Add(result =>
        {
            Option[] single = [address, port, http2, tcp, udp, tls, tcpTls, certificate, key, clientCa, pod, space, service, ingress, redirect];
            if (result.GetResult(pods) is not null && single.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
                result.AddError($"--pods and {other.Name} exclude each other: the file says it for each pod.");
        });
        command.SetAction((parsed, cancellation) => EchoRunner.RunAsync(
            parsed.GetValue(pods) is { } file ? EchoPods.Read(file) : [new EchoOptions
            {
                Address = parsed.GetValue(address) ?? IPAddress.Loopback,
                Port = parsed.GetValue(port) ?? 3000,
                Http2Port = parsed.GetValue(http2),
                TcpPort = parsed.GetValue(tcp),
                UdpPort = parsed.GetValue(udp),
                TlsPort = parsed.GetValue(tls),
                TcpTlsPort = parsed.GetValue(tcpTls),
                Certificate = EchoCertificate.Load(parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(tls) is not null || parsed.GetValue(tcpTls) is not null),
                ClientAuthority = EchoCertificate.LoadAuthority(parsed.GetValue(clientCa), isServed: parsed.GetValue(tls) is not null),
                Pod = parsed.GetValue(pod)!,
                Namespace = parsed.GetValue(space)!,
                Service = parsed.GetValue(service)!,
                Ingress = parsed.GetValue(ingress)!,
                Redirects = (parsed.GetValue(redirect) ?? []).ToDictionary(text => text[..text.IndexOf('=')], text => text[(text.IndexOf('=') + 1)..]),
            }],
            parsed.GetValue(quiet) ? TextWriter.Null : Console.Out,
            cancellation));
        return command;
    }

    private static Option<string> Identity(string name, string variable, string description) => new(name)
    {
        Description = $"{description} Default: ${variable}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(variable) ?? "",
    };

    private static void CheckRedirects(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (!token.Value.StartsWith('/') || !token.Value.Contains('=', StringComparison.Ordinal))
                result.AddError($"--redirect is '{token.Value}'; it must be PATH=TARGET, for example /=/login.");
        }
    }
}
