using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Proxy.Filters.OAuth2;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>An issuer over HTTP/1.1 on a port of its own, with a connection for each request.</summary>
internal sealed class TestIssuerServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TestIssuer _issuer;

    public TestIssuerServer(TestIssuer issuer)
    {
        _issuer = issuer;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Host of the last request.</summary>
    public string? Host { get; private set; }

    /// <summary>Instead of an answer: these octets.</summary>
    public byte[]? Raw { get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            var text = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!IsWhole(text.ToString()))
            {
                int length = await stream.ReadAsync(buffer);
                if (length == 0)
                    return;
                text.Append(Encoding.Latin1.GetString(buffer, 0, length));

                // A handshake of TLS (RFC 8446 5.1), which is not spoken here.
                if (text[0] == '\x16')
                    return;
            }
            string[] parts = text.ToString().Split("\r\n\r\n", 2);
            string[] line = parts[0].Split(' ', 3);
            Host = Field(parts[0], "Host");
            OAuth2Answer answer = line[0] == "GET" ? _issuer.Get(line[1]) : line[1] == "/token" ? _issuer.Post(parts[1], Field(parts[0], "Authorization")) : new OAuth2Answer(404, []);
            byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 {answer.StatusCode} X\r\nContent-Type: application/json\r\nContent-Length: {answer.Body.Length}\r\nConnection: close\r\n\r\n");
            await stream.WriteAsync(Raw ?? [.. head, .. answer.Body]);
        }
    }

    private static bool IsWhole(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && text.Length - end - 4 >= int.Parse(Field(text[..end], "Content-Length") ?? "0", CultureInfo.InvariantCulture);
    }

    private static string? Field(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
