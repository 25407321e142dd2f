using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>Backends, certificates and classes that come and go under a Gateway that serves.</summary>
public sealed class BackendFaultTests : IAsyncLifetime
{
    private const string Rules = ",'rules':[{'backendRefs':[{'name':'web','port':80}]}]";

    private readonly TextBackend _one = new("one");
    private readonly TextBackend _two = new("two");
    private readonly HttpClient _http = new();
    private readonly int _port = TestCluster.FreePort();
    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        await _cluster.ApplyClassAsync();
        await _cluster.ApplyGatewayAsync("gw", _port);
        await _cluster.ApplyRouteAsync("r", "gw", Rules);
        await _cluster.ApplyBackendAsync("web", _one.Port);
        await _cluster.StartControllerAsync();
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task EndpointsThatFlap_AreNeverUsedOnceTheOtherAnswers()
    {
        await AnswersAsync("one");
        for (var i = 0; i < 10; i++)
        {
            var (name, port) = i % 2 == 0 ? ("two", _two.Port) : ("one", _one.Port);
            await _cluster.ApplyBackendAsync("web", port);
            await AnswersAsync(name);

            // From the first answer of the new one on, the old one gets nothing.
            for (var request = 0; request < 20; request++)
                Assert.Equal(name, await GetAsync());
        }
    }

    [Fact]
    public async Task BackendThatDies_IsUsedAgainWhenItIsBack()
    {
        var port = TestCluster.FreePort();
        await _cluster.ApplyBackendAsync("web", port);
        await StatusAsync(HttpStatusCode.ServiceUnavailable);
        for (var i = 0; i < 3; i++)
        {
            using (new TextBackend("back", port))
            {
                await AnswersAsync("back");
                for (var request = 0; request < 20; request++)
                    Assert.Equal("back", await GetAsync());
            }
            await StatusAsync(HttpStatusCode.ServiceUnavailable);
        }
    }

    [Fact]
    public async Task SecretThatIsRotated_IsShownToNewConnections_AndCostsNoOldOne()
    {
        var port = TestCluster.FreePort();
        await RotateAsync("first.example");
        await _cluster.ApplyAsync(ApiResources.Gateways, $"{{'metadata':{{'name':'tls','namespace':'default'}},'spec':{{'gatewayClassName':'sluice','listeners':[{{'name':'https','port':{port},'protocol':'HTTPS','tls':{{'certificateRefs':[{{'name':'cert'}}]}}}}]}}}}");
        await _cluster.ApplyRouteAsync("secure", "tls", Rules);
        var gateway = await _cluster.WaitAsync(ApiResources.Gateways, "tls", value => TestCluster.IsTrue(value["status"], "Programmed") && (int?)value["status"]!["listeners"]![0]!["attachedRoutes"] == 1);
        var address = IPAddress.Parse((string)gateway["status"]!["addresses"]![0]!["value"]!);
        using var old = await ConnectAsync(address, port);
        Assert.Equal("CN=first.example", old.RemoteCertificate!.Subject);

        for (var i = 0; i < 3; i++)
        {
            var name = $"rotated-{i}.example";
            await RotateAsync(name);
            var patience = Stopwatch.StartNew();
            for (var subject = ""; subject != $"CN={name}";)
            {
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"{subject} is still shown");
                // No handshake fails, and none of the old connections does.
                using var connection = await ConnectAsync(address, port);
                subject = connection.RemoteCertificate!.Subject;
                Assert.Contains("200 OK", await AskAsync(connection), StringComparison.Ordinal);
                Assert.Contains("200 OK", await AskAsync(old), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task ClassThatIsDeleted_TakesNothingDown_AndChangesAreStillFollowed()
    {
        await AnswersAsync("one");
        await _cluster.Client.DeleteAsync(ApiResources.GatewayClasses, new NamespacedName("", "sluice"), null, TestContext.Current.CancellationToken);
        await _cluster.SaidAsync("GatewayClass sluice is gone");

        Assert.Equal("one", await GetAsync());
        await _cluster.ApplyBackendAsync("web", _two.Port);
        await AnswersAsync("two");

        await _cluster.ApplyClassAsync();
        await _cluster.WaitAsync(ApiResources.GatewayClasses, "sluice", value => TestCluster.IsTrue(value["status"], "Accepted"));
        Assert.Equal("two", await GetAsync());
        await _cluster.WaitAsync(ApiResources.Gateways, "gw", value => TestCluster.IsTrue(value["status"], "Programmed"));
    }

    [Fact]
    public async Task ApiServerThatAnswersNothing_HoldsUpNoTraffic()
    {
        await AnswersAsync("one");
        var gate = new TaskCompletionSource();
        _cluster.Faults.Gate = gate.Task;
        _cluster.Faults.CutWatches();
        for (var i = 0; i < 50; i++)
            Assert.Equal("one", await GetAsync());
        gate.SetResult();

        await _cluster.ApplyBackendAsync("web", _two.Port);
        await AnswersAsync("two");
    }

    private async Task<string> GetAsync() => await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/"), TestContext.Current.CancellationToken);

    private Task AnswersAsync(string text) => UntilAsync(async answer => answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() == text);

    private Task StatusAsync(HttpStatusCode status) => UntilAsync(answer => Task.FromResult(answer.StatusCode == status));

    private async Task UntilAsync(Func<HttpResponseMessage, Task<bool>> isRight)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/"), patience.Token);
            if (await isRight(answer))
                return;
            await Task.Delay(5, patience.Token);
        }
    }

    private Task RotateAsync(string name)
    {
        var (certificate, key) = TestCertificate.Pem(name);
        return _cluster.ApplyAsync(ApiResources.Secrets, $"{{'metadata':{{'name':'cert','namespace':'default'}},'type':'kubernetes.io/tls','data':{{'tls.crt':'{Base64(certificate)}','tls.key':'{Base64(key)}'}}}}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<SslStream> ConnectAsync(IPAddress address, int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address, port, TestContext.Current.CancellationToken);
        var stream = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate is X509Certificate);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "any.example", AllowTlsResume = false }, TestContext.Current.CancellationToken);
        return stream;
    }

    /// <summary>The answer's head on a connection that stays open; its body is short and comes along.</summary>
    private static async Task<string> AskAsync(SslStream stream)
    {
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: any.example\r\n\r\n"u8.ToArray());
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!answer.ToString().EndsWith("one", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(read > 0, $"the connection was closed after: {answer}");
            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        return answer.ToString();
    }
}
