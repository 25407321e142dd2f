using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>A connection with TLS that says exactly what it is told to.</summary>
internal sealed class TlsClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;

    /// <param name="socket">Connected.</param>
    /// <param name="wrap">Puts something between TLS and the socket.</param>
    public TlsClient(Socket socket, Func<Stream, Stream>? wrap = null)
    {
        _socket = socket;
        var stream = new NetworkStream(socket, ownsSocket: true);
        _stream = new SslStream(wrap is null ? stream : wrap(stream));
    }

    public SslStream Stream => _stream;

    public Socket Socket => _socket;

    public X509Certificate2 ServerCertificate => X509CertificateLoader.LoadCertificate(_stream.RemoteCertificate!.GetRawCertData());

    public static SslClientAuthenticationOptions Options(string host, params string[] protocols) => new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        ApplicationProtocols = protocols.Length == 0 ? null : [.. protocols.Select(protocol => new SslApplicationProtocol(protocol))],
    };

    public Task ShakeAsync(SslClientAuthenticationOptions options) => _stream.AuthenticateAsClientAsync(options).Within("the handshake");

    public async Task SendAsync(string text)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().Within("the proxy to take bytes");
        await _stream.FlushAsync().Within("the proxy to take bytes");
    }

    /// <summary>Reads a response with Content-Length; head and body.</summary>
    public async Task<(string Head, string Body)> ReadResponseAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)await ReadByteAsync());
        var text = head.ToString();
        var length = 0;
        foreach (var line in text.Split("\r\n"))
        {
            if (line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("content-length:".Length));
        }

        var body = new byte[length];
        await _stream.ReadExactlyAsync(body).AsTask().Within("the response's body");
        return (text, Encoding.Latin1.GetString(body));
    }

    public async Task<(string Head, string Body)> ExchangeAsync(string request)
    {
        await SendAsync(request);
        return await ReadResponseAsync();
    }

    /// <summary>All bytes up to the end of the connection. An end without close_notify throws.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var all = new MemoryStream();
        await _stream.CopyToAsync(all).Within("the end of the connection");
        return all.ToArray();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<int> ReadByteAsync()
    {
        var one = new byte[1];
        await _stream.ReadExactlyAsync(one).AsTask().Within("the response's head");
        return one[0];
    }
}
