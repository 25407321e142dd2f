using System.CommandLine;
using System.Globalization;
using Sluice.Controller.ProxyMode;

namespace Sluice.ProxyLoad;

/// <summary>
/// <c>proxies</c>: opens many streams and writes one line of JSON for every version that has come to all of them, and on each line of
/// input one with what the process costs. Ends with its input.
/// </summary>
internal static class ProxiesCommand
{
    public static Command Create()
    {
        var host = new Option<string>("--host") { Required = true, Description = "The controller's address." };
        var port = new Option<int>("--port") { Required = true, Description = "Of the configuration stream." };
        var gateway = new Option<string>("--gateway") { Required = true, Description = "NAMESPACE/NAME." };
        var token = new Option<string>("--token-file") { Required = true };
        var authorities = new Option<string>("--ca-file") { Required = true };
        var serverName = new Option<string?>("--server-name");
        var count = new Option<int>("--count") { DefaultValueFactory = _ => 1000 };
        var command = new Command("proxies", "Simulate many proxies.") { host, port, gateway, token, authorities, serverName, count };
        command.SetAction(async (parsed, _) =>
        {
            var address = new ControllerAddress(
                parsed.GetValue(host)!, parsed.GetValue(port), parsed.GetValue(gateway)!, parsed.GetValue(token)!, parsed.GetValue(authorities), parsed.GetValue(serverName));
            await RunAsync(address, parsed.GetValue(count));
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(ControllerAddress address, int count)
    {
        AppContext.SetSwitch("System.Net.SocketsHttpHandler.Http2FlowControl.DisableDynamicWindowSizing", true);
        await using var proxies = new SimulatedProxies(address, count);
        proxies.Complete += (version, first, last) =>
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"version\":{version},\"proxies\":{count},\"firstAt\":{first},\"allAt\":{last}}}"));
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine($"{{\"open\":{proxies.Open},\"lastFailure\":\"{proxies.LastFailure.Replace("\"", "'", StringComparison.Ordinal)}\",{ProcessFigures.OfThis()}}}");
    }
}
