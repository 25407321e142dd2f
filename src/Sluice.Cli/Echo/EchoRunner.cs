using System.Net.Sockets;

namespace Sluice.Cli.Echo;

/// <summary>Runs the demo backend until it is told to stop.</summary>
internal static class EchoRunner
{
    public static async Task<int> RunAsync(EchoOptions options, TextWriter log, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await using var server = await EchoServer.StartAsync(options, log);
            Console.WriteLine(server.Describe());
            await stop.Token.WhenCancelled();
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new UserErrorException($"echo cannot listen: {error.Message} Choose another port, or --port 0 for a free one.");
        }
        return ExitCode.Success;
    }
}
