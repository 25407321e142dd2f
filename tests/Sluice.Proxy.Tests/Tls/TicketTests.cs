using System.Diagnostics;
using System.Globalization;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Session tickets, with the openssl command as the client.</summary>
public sealed class TicketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task EveryConnection_ResumesTheSessionOfTheOneBefore(string version)
    {
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificate);
        var folder = Directory.CreateTempSubdirectory("sluice-tickets-").FullName;

        for (var i = 0; i < 4; i++)
        {
            // Each gets its own ticket: over TLS 1.3 none is used twice.
            var before = Path.Combine(folder, $"session-{i}");
            var after = Path.Combine(folder, $"session-{i + 1}");
            var output = await ConnectAsync(proxy.EndPoint.Port, version, i == 0 ? null : before, after);
            Assert.Contains(i == 0 ? "New, TLS" : "Reused, TLS", output, StringComparison.Ordinal);
            if (version == "-tls1_2" && i > 0)
                File.Copy(before, after, overwrite: true);
            Assert.True(File.Exists(after), "no ticket came");
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> ConnectAsync(int port, string version, string? sessionIn, string sessionOut)
    {
        var start = new ProcessStartInfo("openssl")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "s_client", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "-servername", "a.example", version, "-sess_out", sessionOut, "-ign_eof" },
        };
        if (sessionIn is not null)
        {
            start.ArgumentList.Add("-sess_in");
            start.ArgumentList.Add(sessionIn);
        }

        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync("GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n".AsMemory(), Token);
            await process.StandardInput.FlushAsync(Token);
            var output = process.StandardOutput.ReadToEndAsync(Token);
            await process.StandardError.ReadToEndAsync(Token);
            return await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
