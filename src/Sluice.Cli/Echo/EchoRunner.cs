using System.Net.Sockets;

namespace Sluice.Cli.Echo;

/// <summary>Runs the demo backend, or several of them in one process, until it is told to stop.</summary>
internal static class EchoRunner
{
    public static async Task<int> RunAsync(IReadOnlyList<EchoOptions> pods, TextWriter log, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        var servers = new List<EchoServer>();
        try
        {
            foreach (var pod in pods)
            {
                var server = await EchoServer.StartAsync(pod, log);
                servers.Add(server);
                Console.WriteLine($"{pod.LinePrefix}{server.Describe()}");
            }
            await stop.Token.WhenCancelled();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new UserErrorException($"echo cannot listen: {error.Message} Choose another port, or --port 0 for a free one.");
        }
        finally
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
        return ExitCode.Success;
    }
}
