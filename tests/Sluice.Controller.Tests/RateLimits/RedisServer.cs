using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Tests.RateLimits;

/// <summary>A real Redis server on a free loopback port, which keeps nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Missing = "redis-server is not installed: apt-get install --no-install-recommends redis-server";

    private readonly Process _process;

    private RedisServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public DnsEndPoint EndPoint => new("127.0.0.1", Port);

    /// <param name="port">0 takes a free one.</param>
    /// <param name="password">"" for none.</param>
    public static async Task<RedisServer> StartAsync(int port = 0, string password = "")
    {
        // Another process may take the port in between: then there is another one.
        for (var attempt = 0; ; attempt++)
        {
            var chosen = port == 0 ? FreePort() : port;
            var process = Start(chosen, password);
            if (await IsReadyAsync(process, chosen))
                return new RedisServer(process, chosen);
            process.Dispose();
            Assert.True(attempt < 10, "redis-server does not start");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(int port, string password)
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in (string[])["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"])
            start.ArgumentList.Add(argument);
        if (password.Length > 0)
        {
            start.ArgumentList.Add("--requirepass");
            start.ArgumentList.Add(password);
        }
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>It says so when it takes connections, and ends when it cannot.</summary>
    private static async Task<bool> IsReadyAsync(Process process, int port)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        return false;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
