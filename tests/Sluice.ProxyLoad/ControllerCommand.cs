using System.CommandLine;
using System.Globalization;
using System.Net;
using Sluice.Controller.Streaming;
using Sluice.Proxy;

namespace Sluice.ProxyLoad;

/// <summary>
/// <c>controller</c>: the configuration stream's server without anything around it, for measuring the stream alone. Obeys lines of
/// input: <c>route</c> and <c>endpoint</c> change one, <c>churn SECONDS</c> changes a route every second and an endpoint every two,
/// <c>figures</c> tells what the process costs. Every answer is a line of JSON. Ends with its input.
/// </summary>
internal static class ControllerCommand
{
    private const string Gateway = "load/gateway";

    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Required = true, Description = "Gets the files token and ca.crt." };
        var routes = new Option<int>("--routes") { DefaultValueFactory = _ => 5000 };
        var listen = new Option<int>("--gateway-port") { DefaultValueFactory = _ => 18080, Description = "What the Gateway's listener binds." };
        var command = new Command("controller", "Serve the configuration stream.") { folder, routes, listen };
        command.SetAction(async (parsed, _) =>
        {
            await RunAsync(parsed.GetValue(folder)!, new ManyRoutes(Gateway, parsed.GetValue(routes), parsed.GetValue(listen)));
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(string folder, ManyRoutes routes)
    {
        Directory.CreateDirectory(folder);
        var token = Guid.NewGuid().ToString("n");
        var authority = await StreamAuthority.OpenAsync(new FileAuthorityStore(Path.Combine(folder, "authority")), ["127.0.0.1"], TimeProvider.System);
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), token);
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.crt"), authority.Bundle);
        using var hub = new StreamHub(new StreamLimits(), TimeProvider.System);
        using var dataPlane = new RemoteDataPlane(hub);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        var endPoint = await server.ListenLocalAsync(new IPEndPoint(IPAddress.Loopback, 0), new ConfigurationStreamHandler(hub, new OneToken(token)), authority.Tls);
        await dataPlane.ApplyAsync(routes.Current);
        Console.WriteLine($"{{\"port\":{endPoint.Port},\"gateway\":\"{Gateway}\"}}");
        while (await Console.In.ReadLineAsync() is { } line)
            await ObeyAsync(line.Split(' '), routes, dataPlane, hub);
    }

    private static async Task ObeyAsync(string[] words, ManyRoutes routes, RemoteDataPlane dataPlane, StreamHub hub)
    {
        switch (words)
        {
            case ["route"]:
                await ApplyAsync(dataPlane, routes.ChangeRoute());
                break;
            case ["endpoint"]:
                await ApplyAsync(dataPlane, routes.ChangeEndpoint());
                break;
            case ["churn", var seconds]:
                for (var second = 0; second < int.Parse(seconds, CultureInfo.InvariantCulture); second++)
                {
                    var next = Task.Delay(1000);
                    await dataPlane.ApplyAsync(routes.ChangeRoute());
                    if (second % 2 == 0)
                        await dataPlane.ApplyAsync(routes.ChangeEndpoint());
                    await next;
                }

                Console.WriteLine("{\"churned\":true}");
                break;
            default:
                var counts = dataPlane.Proxies[0];
                Console.WriteLine(
                    $"{{\"connected\":{counts.Connected},\"applied\":{counts.Applied},\"updateBytes\":{hub.Counters.Bytes},\"full\":{hub.Counters.Full},\"deltas\":{hub.Counters.Deltas},{ProcessFigures.OfThis()}}}");
                break;
        }
    }

    private static async Task ApplyAsync(RemoteDataPlane dataPlane, Sluice.Configuration.ProxyConfiguration configuration)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var outcome = await dataPlane.ApplyAsync(configuration);
        var took = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - at;
        var counts = dataPlane.Proxies[0];
        Console.WriteLine($"{{\"version\":{counts.Version},\"at\":{at},\"milliseconds\":{took},\"applied\":{counts.Applied},\"connected\":{counts.Connected},\"success\":{(outcome.Applied ? "true" : "false")}}}");
    }

    private sealed class OneToken(string token) : IProxyAuthenticator
    {
        public ValueTask<ProxyIdentity?> AuthenticateAsync(string given, CancellationToken cancellationToken) =>
            ValueTask.FromResult(given == token ? new ProxyIdentity("load", Gateway) : null);
    }
}
