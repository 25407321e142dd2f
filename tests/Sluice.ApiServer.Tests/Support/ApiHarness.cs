using System.Text;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Tests.Support;

/// <summary>An API in this process, asked without sockets.</summary>
public sealed class ApiHarness : IAsyncDisposable
{
    public const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    public const string Services = "/api/v1/namespaces/default/services";
    public const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string StrategicPatch = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    private readonly List<Exception> _faults = [];

    public ApiHarness(KubernetesApiOptions? options = null) =>
        Api = KubernetesApi.Start((options ?? new KubernetesApiOptions()) with { Faulted = Fault });

    public KubernetesApi Api { get; }

    public static string Json(string text) => text.Replace('\'', '"');

    /// <summary>An HTTPRoute with one rule.</summary>
    public static string Route(string name, string spec = "{'rules':[{'backendRefs':[{'name':'web','port':80}]}]}", string metadata = "") =>
        Json($"{{'apiVersion':'gateway.networking.k8s.io/v1','kind':'HTTPRoute','metadata':{{'name':'{name}'{metadata}}},'spec':{spec}}}");

    public static string ConfigMap(string name, string rest = ",'data':{'a':'1'}", string metadata = "") =>
        Json($"{{'apiVersion':'v1','kind':'ConfigMap','metadata':{{'name':'{name}'{metadata}}}{rest}}}");

    public Task<ApiAnswer> GetAsync(string path, string accept = "application/json") => SendAsync("GET", path, accept: accept);

    public Task<ApiAnswer> PostAsync(string path, string body, string type = "application/json") => SendAsync("POST", path, body, type);

    public Task<ApiAnswer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<ApiAnswer> PatchAsync(string path, string body, string type = MergePatch) => SendAsync("PATCH", path, Json(body), type);

    public Task<ApiAnswer> DeleteAsync(string path, string? body = null) => SendAsync("DELETE", path, body);

    /// <summary>Server-side apply.</summary>
    public Task<ApiAnswer> ApplyAsync(string path, string manager, string body, bool force = false) =>
        SendAsync("PATCH", $"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", Json(body), ApplyPatch);

    public Task<ApiAnswer> SendAsync(string method, string path, string? body = null, string type = "application/json", string accept = "application/json", IReadOnlyDictionary<string, string>? headers = null) =>
        SendAsync(method, path, body is null ? default : Encoding.UTF8.GetBytes(body), type, accept, headers);

    public async Task<ApiAnswer> SendAsync(string method, string path, ReadOnlyMemory<byte> body, string type, string accept, IReadOnlyDictionary<string, string>? headers)
    {
        var response = await Api.Handler.HandleAsync(Request(method, path, body, type, accept, headers), TestContext.Current.CancellationToken);
        var bytes = response.Body.ToArray();
        if (response.WriteBody is { } write)
        {
            using var whole = new MemoryStream();
            await write(whole, TestContext.Current.CancellationToken);
            bytes = whole.ToArray();
        }

        return new ApiAnswer(response.StatusCode, response.ContentType, bytes, response.Headers);
    }

    /// <summary>Begins a watch; it must be accepted.</summary>
    public async Task<WatchClient> WatchAsync(string path, string accept = "application/json")
    {
        var response = await Api.Handler.HandleAsync(Request("GET", path, default, "", accept, null), TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == 200 && response.WriteBody is not null, Encoding.UTF8.GetString(response.Body.Span));
        return new WatchClient(response.WriteBody);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        Assert.Empty(_faults);
    }

    private static LocalRequest Request(string method, string path, ReadOnlyMemory<byte> body, string type, string accept, IReadOnlyDictionary<string, string>? headers)
    {
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var all = new Dictionary<string, string>(headers ?? new Dictionary<string, string>())
        {
            ["accept"] = accept,
            ["user-agent"] = "tests/1.0",
        };
        all.TryAdd("host", "127.0.0.1:6480");
        if (body.Length > 0)
            all["content-type"] = type;
        return new LocalRequest(method, query < 0 ? path : path[..query], query < 0 ? "" : path[(query + 1)..], all, body);
    }

    private void Fault(Exception exception)
    {
        lock (_faults)
            _faults.Add(exception);
    }
}
