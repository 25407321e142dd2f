using System.Net;
using Sluice.Cli.Echo;
using Sluice.Cli.Output;
using Sluice.Cli.Version;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Quickstart;

/// <summary>Runs the demo backends and the proxy in this process, on the usual ports when they are free, until it is told to stop.</summary>
internal static class QuickstartRunner
{
    private const int GatewayPort = 8080;

    private static readonly (string Name, int Port)[] Backends = [("storefront", 3001), ("cart", 3002), ("cart-preview", 3003)];

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        var folder = Directory.CreateTempSubdirectory("sluice-quickstart-");
        var servers = new List<EchoServer>();
        try
        {
            var ports = new Dictionary<int, int>();
            foreach (var (name, port) in Backends)
            {
                servers.Add(await StartAsync(name, port));
                ports.Add(port, servers[^1].Http.Port);
            }
            QuickstartFiles.Write(folder.FullName, ports);
            await ServeAsync(folder.FullName, stop.Token);
            return ExitCode.Success;
        }
        catch (StandaloneException error)
        {
            throw new UserErrorException(error.Message);
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static Task<EchoServer> StartAsync(string name, int port) => EchoServer.StartAsync(
        new EchoOptions { Address = IPAddress.Loopback, Port = FreePort.Near(port), Pod = name, Service = name, Namespace = "demo", Ingress = "quickstart" },
        TextWriter.Null);

    private static Task ServeAsync(string folder, CancellationToken stop)
    {
        var port = FreePort.Near(GatewayPort);
        var options = new StandaloneOptions
        {
            Paths = [folder],
            PortOffset = port - GatewayPort,
            Admin = new IPEndPoint(IPAddress.Loopback, FreePort.Near(StandaloneOptions.DefaultAdmin.Port)),
            DrainTimeout = TimeSpan.FromSeconds(5),
            Version = BuildInfo.Current.Version,
        };
        var reporter = new StandaloneReporter(Console.Out, Console.Error) { WhenReady = () => WriteGuide(folder, port, options.Admin, Terminal.Output) };
        return new StandaloneController(options, reporter).RunAsync(stop);
    }

    private static void WriteGuide(string folder, int port, IPEndPoint admin, Terminal terminal)
    {
        terminal.WriteLine();
        terminal.WriteLine("Try in another shell:");
        foreach (var (title, command, answer) in QuickstartGuide.Lines(port))
        {
            terminal.WriteLine();
            terminal.WriteLine(terminal.Paint($"# {title}", Style.Faint));
            terminal.WriteLine(terminal.Paint(command, Style.Bold));
            terminal.WriteLine(answer);
        }
        var instance = admin.Equals(StandaloneOptions.DefaultAdmin) ? "" : $" --admin {admin}";
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint("# Why does a request go where it goes, and what is served?", Style.Faint));
        terminal.WriteLine($"{ProgramName.Current} explain{instance} -H 'Host: shop.example.com' http://127.0.0.1:{port}/cart/7");
        terminal.WriteLine($"{ProgramName.Current} status{instance}");
        terminal.WriteLine();
        terminal.WriteLine($"The manifests are in {folder}: edit them and see the change at once. Ctrl-C stops everything.");
    }
}
