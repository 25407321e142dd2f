using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.Cli.Tests.Tls;

/// <summary>One connection to an HTTPS listener, over HTTP/1.1, with one authority trusted and the name checked.</summary>
internal sealed class TlsConnection : IAsyncDisposable
{
    private readonly string _host;
    private readonly SslStream _stream;

    private TlsConnection(string host, SslStream stream)
    {
        _host = host;
        _stream = stream;
    }

    /// <summary>Of the certificate that was shown.</summary>
    public string Thumbprint => _stream.RemoteCertificate!.GetCertHashString();

    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not good for the host, or there is none.</exception>
    public static async Task<TlsConnection> OpenAsync(int port, string host, X509Certificate2 authority)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(authority);
            // A resumed session would show the certificate of the session's beginning.
            var options = new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy, AllowTlsResume = false };
            await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            return new TlsConnection(host, stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens connections until one shows the certificate: a changed Secret takes effect a moment later.</summary>
    public static async Task<TlsConnection> OpenUntilAsync(string thumbprint, int port, string host, X509Certificate2 authority)
    {
        using var patience = new CancellationTokenSource(Support.SluiceProcess.Patience);
        while (true)
        {
            var connection = await OpenAsync(port, host, authority);
            if (connection.Thumbprint == thumbprint)
                return connection;
            Assert.False(patience.IsCancellationRequested, $"The last certificate was {connection.Thumbprint}, not {thumbprint}.");
            await connection.DisposeAsync();
        }
    }

    /// <summary>Status and body of a response with Content-Length; the connection stays open.</summary>
    public async Task<(int Status, string Body)> GetAsync(string target)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {_host}\r\n\r\n"), cancellation);
        var received = new StringBuilder();
        var buffer = new byte[4096];
        int end;
        while ((end = received.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
            received.Append(await ReadAsync(buffer));
        var head = received.ToString(0, end);
        var length = head.Split("\r\n").Select(line => line.Split(':', 2)).First(field => field[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))[1];
        while (received.Length < end + 4 + int.Parse(length, CultureInfo.InvariantCulture))
            received.Append(await ReadAsync(buffer));
        return (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), received.ToString(end + 4, received.Length - end - 4));
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> ReadAsync(byte[] buffer)
    {
        var read = await _stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        Assert.True(read > 0, "The connection ended before the response.");
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
