using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

/// <summary>The Kubernetes API of <c>sluice run</c>: where it listens, whom it answers, where it keeps things.</summary>
public sealed class KubernetesApiTests : IDisposable
{
    private const string Gateways = "/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private readonly ManifestFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly int _port = FreePort.Next();

    public KubernetesApiTests() => _folder.Write("web.yaml", Gateway("web", _port));

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FirstRequest_ShowsObjectsOfFiles_WithTheirStatus()
    {
        await using var sluice = await StartAsync();

        var gateway = await GetAsync(await sluice.ApiAsync(), $"{Gateways}/web");

        Assert.Equal("True", gateway["status"]!["conditions"]!.AsArray().Single(condition => condition!["type"]!.ToString() == "Programmed")!["status"]!.ToString());
        Assert.Equal("127.0.0.1", gateway["status"]!["addresses"]![0]!["value"]!.ToString());
    }

    [Fact]
    public async Task UntilSomethingIsAsked_NothingIsWritten()
    {
        await using var sluice = await StartAsync();

        Assert.Equal(["web.yaml"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task OffersNothing_WhenItIsOff()
    {
        await using var process = SluiceProcess.Start("run", _folder.Path, "--admin", "off", "--api", "off");
        await process.WaitForLineAsync("Ready in ");

        Assert.DoesNotContain("Kubernetes API", process.Output, StringComparison.Ordinal);
        Assert.Equal([_port], ListeningPorts(process.Id));
    }

    [Fact]
    public async Task Answers_LoopbackHostsOnly()
    {
        await using var sluice = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(await sluice.ApiAsync(), "/api/v1/secrets"));
        request.Headers.Host = "rebound.example";

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task OtherAddresses_WantATokenAndTls()
    {
        var bare = await SluiceProcess.RunAsync("run", _folder.Path, "--admin", "off", "--api", "0.0.0.0:0");
        var half = await SluiceProcess.RunAsync("run", _folder.Path, "--admin", "off", "--tls-cert-file", "c.pem");

        Assert.Equal((2, 2), (bare.ExitCode, half.ExitCode));
        Assert.Contains("--api 0.0.0.0:0: whoever reaches this address could change everything. Name a file with a token (--token-file FILE)", bare.Error, StringComparison.Ordinal);
        Assert.Contains("--tls-cert-file and --tls-key-file go together", half.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_IsAskedFor_AndStatusesAreWrittenAllTheSame()
    {
        _folder.Write("token", "a-token-of-some-length");
        await using var sluice = await StartAsync("--token-file", _folder["token"]);
        var api = await sluice.ApiAsync();

        using var refused = await _client.GetAsync(new Uri(api, $"{Gateways}/web"), TestContext.Current.CancellationToken);
        _client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-of-some-length");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.NotNull((await GetAsync(api, $"{Gateways}/web"))["status"]!["addresses"]);
    }

    [Fact]
    public async Task Data_NamesAnotherFolder_ThatIsServedFromTheStart()
    {
        using var data = new ManifestFolder();
        var kept = Path.Combine(data.Path, "kept");
        for (var run = 0; run < 2; run++)
        {
            await using var sluice = await StartAsync("--data", kept);
            var api = await sluice.ApiAsync();
            if (run == 0)
                await CreateAsync(api, Gateways, GatewayJson("other", FreePort.Next()));
            await sluice.Process.WaitForLineAsync("Gateway default/other");
            sluice.Process.Terminate();
            Assert.Equal(0, (await sluice.Process.WaitForExitAsync()).ExitCode);
        }
        Assert.True(File.Exists(Path.Combine(kept, "default", "gateway", "other.yaml")));
        Assert.Equal(["web.yaml"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task FilesAlone_KeepNothing()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder["web.yaml"], "--api", "127.0.0.1:0");

        await CreateAsync(await sluice.ApiAsync(), ConfigMaps, ConfigMap("gone"));

        Assert.Contains("gone at the end", await sluice.Process.WaitForLineAsync("Kubernetes API"), StringComparison.Ordinal);
        Assert.Equal(["web.yaml"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task FolderInUse_IsReadOnlyForTheSecond_WhichFollowsTheFirst()
    {
        await using var first = await StartAsync();
        await CreateAsync(await first.ApiAsync(), Gateways, GatewayJson("other", FreePort.Next()));
        await using var second = await StartAsync("--address", "127.0.0.9");
        var api = await second.ApiAsync();

        using var refused = await PostAsync(api, ConfigMaps, ConfigMap("a"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("in use by another process", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("in use by another process", second.Process.Error, StringComparison.Ordinal);
        Assert.Equal("other", (await GetAsync(api, $"{Gateways}/other"))["metadata"]!["name"]!.ToString());
        using var deleted = await _client.DeleteAsync(new Uri(await first.ApiAsync(), $"{Gateways}/other"), TestContext.Current.CancellationToken);
        await second.Process.WaitForLineAsync("Gateway default/other is gone");
    }

    [Fact]
    public async Task RemovedFolder_TakesItsObjectsAlong_AndIsMadeAnew()
    {
        using var data = new ManifestFolder();
        var kept = Path.Combine(data.Path, "kept");
        Directory.CreateDirectory(kept);
        await using var sluice = await RunningSluice.StartAsync(data.Path, "--api", "127.0.0.1:0", "--data", kept);
        var api = await sluice.ApiAsync();
        await CreateAsync(api, Gateways, GatewayJson("first", FreePort.Next()));
        await sluice.Process.WaitForLineAsync("Gateway default/first");
        await ExistsAsync(Path.Combine(kept, "default", "gateway", "first.yaml"));

        Directory.Delete(kept, recursive: true);
        await sluice.Process.WaitForLineAsync("Gateway default/first is gone");
        await CreateAsync(api, ConfigMaps, ConfigMap("second"));

        Assert.True(File.Exists(Path.Combine(kept, ".sluice", "journal")));
    }

    [Fact]
    public async Task DamagedJournal_CostsTheApi_AndNotTheTraffic()
    {
        Directory.CreateDirectory(_folder[".sluice"]);
        await File.WriteAllTextAsync(_folder[".sluice/journal"], "no line of a journal\nnor this\n", TestContext.Current.CancellationToken);

        await using var sluice = await StartAsync();
        using var refused = await PostAsync(await sluice.ApiAsync(), ConfigMaps, ConfigMap("a"));

        Assert.Equal(404, (await sluice.GetAsync(_port, "any.example", "/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("line 1 is damaged", sluice.Process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenAddress_EndsARunThatHasAskedForIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var result = await SluiceProcess.RunAsync("run", _folder.Path, "--admin", "off", "--api", taken.LocalEndpoint.ToString()!);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--api off", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenAddress_ThatIsTheUsualOne_IsDoneWithout()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 6480) { ExclusiveAddressUse = true };
        TakeIfFree(taken);

        await using var process = SluiceProcess.Start("run", _folder.Path, "--admin", "off");
        await process.WaitForLineAsync("Ready in ");

        Assert.Contains("warning: the Kubernetes API cannot listen on 127.0.0.1:6480", process.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Kubernetes API", process.Output, StringComparison.Ordinal);
    }

    private Task<RunningSluice> StartAsync(params string[] arguments) => RunningSluice.StartAsync(_folder.Path, ["--api", "127.0.0.1:0", .. arguments]);

    /// <summary>Another program that has the port serves as well.</summary>
    private static void TakeIfFree(TcpListener listener)
    {
        try
        {
            listener.Start();
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // It is taken, which is what is wanted.
        }
    }

    private static async Task ExistsAsync(string file)
    {
        using var patience = new CancellationTokenSource(SluiceProcess.Patience);
        while (!File.Exists(file))
        {
            Assert.False(patience.IsCancellationRequested, $"{file} was not written.");
            await Task.Yield();
        }
    }

    private async Task<JsonNode> GetAsync(Uri api, string path) => (await _client.GetFromJsonAsync<JsonNode>(new Uri(api, path), TestContext.Current.CancellationToken))!;

    private async Task CreateAsync(Uri api, string path, string json)
    {
        using var answer = await PostAsync(api, path, json);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> PostAsync(Uri api, string path, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        return await _client.PostAsync(new Uri(api, path), body, TestContext.Current.CancellationToken);
    }

    private static string GatewayJson(string name, int port) =>
        $$$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"{{{name}}}"},"spec":{"gatewayClassName":"sluice","listeners":[{"name":"http","port":{{{port}}},"protocol":"HTTP"}]}}""";

    private static string ConfigMap(string name) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}"}}""";

    /// <summary>TCP ports that a process listens on, by its descriptors.</summary>
    private static int[] ListeningPorts(int process)
    {
        var sockets = Directory.EnumerateFileSystemEntries($"/proc/{process}/fd")
            .Select(descriptor => new FileInfo(descriptor).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();
        return [.. File.ReadLines($"/proc/{process}/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A" && sockets.Contains(fields[9]))
            .Select(fields => Convert.ToInt32(fields[1].Split(':')[1], 16))
            .Distinct()
            .Order()];
    }
}
