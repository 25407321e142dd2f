using System.CommandLine;
using System.Net;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Controller.ProxyMode;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Proxy;

/// <summary><c>sluice proxy</c>: the data plane of one Gateway, configured by a controller.</summary>
internal static class ProxyCommand
{
    public static Command Create()
    {
        var controller = ParsedOption.Create<HostAndPort?>("--controller", "HOST:PORT", "Where the controller's configuration stream is.", "a DNS name or an IP address and a port, such as sluice-controller.sluice-system:18000", HostAndPort.TryParse);
        var gateway = ParsedOption.Create<string?>("--gateway", "NAMESPACE/NAME", "The Gateway to serve.", "a namespace and a name, such as default/gateway", TryParseGateway);
        var token = new Option<string>("--token-file") { HelpName = "FILE", Description = "The token that proves who this proxy is; read anew for every connection.", Required = true };
        controller.Required = gateway.Required = true;
        var authorities = new Option<string?>("--ca-file") { HelpName = "FILE", Description = "Authorities (PEM) that the controller's certificate must lead to; read anew for every connection. Default: those of the system." };
        var serverName = new Option<string?>("--server-name") { HelpName = "NAME", Description = "What the controller's certificate must be for. Default: HOST of --controller." };
        var state = new Option<string?>("--state-dir") { HelpName = "FOLDER", Description = "Where the last good configuration is kept, for a start while the controller is away; private keys only if it is memory (tmpfs)." };
        var addresses = new Option<IPAddress[]>("--address")
        {
            HelpName = "IP",
            Description = "An address that listeners bind; may be repeated. Default: 0.0.0.0 and ::.",
            CustomParser = result => [.. result.Tokens.Select(given =>
            {
                if (IPAddress.TryParse(given.Value, out var address))
                    return address;
                result.AddError($"--address is '{given.Value}'; it must be an IP address such as 127.0.0.1 or ::1.");
                return IPAddress.None;
            })],
        };
        var admin = NetworkOptions.Admin("--admin", "Where the admin endpoint listens; off for none. Default: 127.0.0.1:19000.");
        var probes = NetworkOptions.Probes();
        var workers = NetworkOptions.Number("--workers", "Worker threads. Default: one per processor.", 1, 1024);
        var sessionKey = new Option<string?>("--session-key-file") { HelpName = "FILE", Description = "Key of session tokens, the same for all proxies of the Gateway. Default: sessions end with the process." };
        var delay = NetworkOptions.Duration("--drain-delay", "How long traffic is still taken after SIGTERM, for load balancers to notice. Default: 5s.");
        var drain = NetworkOptions.Duration("--drain-timeout", "How long requests in flight may take to finish afterwards. Default: 30s.");
        var telemetry = new TelemetryOptions();
        var command = new Command("proxy", "Serve one Gateway, configured by a controller.")
        {
            controller, gateway, token, authorities, serverName, state, addresses, admin, probes, workers, sessionKey, delay, drain,
        };
        telemetry.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new ProxyModeOptions
            {
                ControllerHost = parsed.GetValue(controller)!.Host,
                ControllerPort = parsed.GetValue(controller)!.Port,
                Gateway = parsed.GetValue(gateway)!,
                TokenFile = parsed.GetValue(token)!,
                CaFile = parsed.GetValue(authorities),
                ServerName = parsed.GetValue(serverName),
                StateFolder = parsed.GetValue(state),
                Addresses = parsed.GetValue(addresses) ?? [],
                Admin = parsed.GetValue(admin) is { } chosen ? chosen.EndPoint : StandaloneOptions.DefaultAdmin,
                Probes = parsed.GetValue(probes)?.EndPoint,
                Workers = parsed.GetValue(workers),
                SessionKeyFile = parsed.GetValue(sessionKey),
                DrainDelay = parsed.GetValue(delay) ?? TimeSpan.FromSeconds(5),
                DrainTimeout = parsed.GetValue(drain) ?? TimeSpan.FromSeconds(30),
                MetricsDetail = telemetry.Detail(parsed),
                ExplainTokenFile = telemetry.ExplainTokenFile(parsed),
                Version = BuildInfo.Current.Version,
            },
            cancellation));
        return command;
    }

    private static bool TryParseGateway(string text, out string? value)
    {
        value = text.Split('/') is [{ Length: > 0 }, { Length: > 0 }] ? text : null;
        return value is not null;
    }

    private static async Task<int> RunAsync(ProxyModeOptions options, CancellationToken cancellation)
    {
        // The stream is small and must stay so: a window of HTTP/2 that grows with the line would grow to megabytes.
        AppContext.SetSwitch("System.Net.SocketsHttpHandler.Http2FlowControl.DisableDynamicWindowSizing", true);
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await new ProxyRunner(options, new ProxyModeReporter(Console.Out, Console.Error)).RunAsync(stop.Token);
        }
        catch (Exception error) when (error is ProxyModeException or StandaloneException)
        {
            throw new UserErrorException(error.Message);
        }
        return ExitCode.Success;
    }
}
