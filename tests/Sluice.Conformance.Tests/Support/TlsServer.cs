using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Tests.Support;

/// <summary>A TLS server on a free port that serves one connection after the other with what it is given.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <param name="asksForCertificate">Sends a CertificateRequest; a client may still show none.</param>
    /// <param name="serve">What is done with a connection after its handshake.</param>
    public TlsServer(bool asksForCertificate, Func<SslStream, Task> serve)
    {
        _listener.Start();
        _serving = ServeAsync(asksForCertificate, serve);
    }

    public static X509Certificate2 Certificate(string name)
    {
        var secret = Certificates.Documents.First(document => document["metadata"]!["name"]!.GetValue<string>() == name);
        string Item(string item) => Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]![item]!.GetValue<string>()));
        return X509Certificate2.CreateFromPem(Item("tls.crt"), Item("tls.key"));
    }

    public static X509Certificate2 Authority(string name) =>
        X509Certificate2.CreateFromPem(Certificates.Documents.First(document => document["metadata"]!["name"]!.GetValue<string>() == name)["data"]!["ca.crt"]!.GetValue<string>());

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(bool asksForCertificate, Func<SslStream, Task> serve)
    {
        using var certificate = Certificate("tls-checks-certificate");
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions
                    {
                        ServerCertificate = certificate,
                        ClientCertificateRequired = asksForCertificate,
                        RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject is null or "CN=default",
                    },
                    _stop.Token);
                await serve(stream);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or AuthenticationException)
            {
                // The client gave up, or the test is over.
            }
        }
    }
}
