using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class WriteTests : IAsyncLifetime
{
    private static readonly NamespacedName Name = new("infra", "a");

    private FakeApiServer _server = null!;
    private KubernetesClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Get_Object_GivesItsJson()
    {
        _server.Store.Put(ApiResources.Services, "infra", "a", "1");

        Assert.Equal("1", Json.Value(await _client.GetAsync(ApiResources.Services, Name, Cancellation)));
    }

    [Fact]
    public async Task Get_Nothing_IsNotFoundAndFindGivesNull()
    {
        var error = await Assert.ThrowsAsync<ApiException>(() => _client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.True(error.IsNotFound);
        Assert.Equal("get services infra/a: a not found (404 NotFound)", error.Message);
        Assert.Null(await _client.FindAsync(ApiResources.Services, Name, Cancellation));
    }

    [Fact]
    public async Task Create_ExistingObject_IsAConflict()
    {
        var created = await _client.CreateAsync(ApiResources.Services, "infra", Service("1"), cancellation: Cancellation);

        var error = await Assert.ThrowsAsync<ApiException>(() => _client.CreateAsync(ApiResources.Services, "infra", Service("1"), cancellation: Cancellation));

        Assert.Equal("1", Json.Value(created));
        Assert.Equal("AlreadyExists", error.Reason);
        Assert.True(error.IsConflict);
        Assert.Equal("sluice", (string?)_server.Requests[0].Query["fieldManager"]);
    }

    [Fact]
    public async Task Create_ClusterScopedReview_NeedsNoName()
    {
        var answer = await _client.CreateAsync(ApiResources.TokenReviews, "", Json.Bytes("""{"spec":{"token":"t"}}"""), cancellation: Cancellation);

        Assert.Equal("/apis/authentication.k8s.io/v1/tokenreviews", Assert.Single(_server.Requests).Path);
        Assert.Equal("t", (string?)Json.Parse(answer)["spec"]!["token"]);
    }

    [Fact]
    public async Task Replace_OldVersion_IsAConflict()
    {
        var version = _server.Store.Put(ApiResources.Services, "infra", "a", "1");
        _server.Store.Put(ApiResources.Services, "infra", "a", "2");

        var error = await Assert.ThrowsAsync<ApiException>(() => _client.ReplaceAsync(
            ApiResources.Services, Name, Json.Bytes($$$"""{"metadata":{"name":"a","resourceVersion":"{{{version}}}"}}"""), cancellation: Cancellation));

        Assert.Equal("Conflict", error.Reason);
    }

    [Theory]
    [InlineData(PatchType.Merge, "application/merge-patch+json", """{"data":{"value":"2"}}""")]
    [InlineData(PatchType.Json, "application/json-patch+json", """[{"op":"replace","path":"/data/value","value":"2"}]""")]
    public async Task Patch_Status_NamesItsTypeAndSubresource(PatchType type, string contentType, string patch)
    {
        _server.Store.Put(ApiResources.HttpRoutes, "infra", "a", "1");

        await _client.PatchAsync(ApiResources.HttpRoutes, Name, type, Json.Bytes(patch), WriteOptions.Status, Cancellation);

        var request = Assert.Single(_server.Requests);
        Assert.Equal("/apis/gateway.networking.k8s.io/v1/namespaces/infra/httproutes/a/status", request.Path);
        Assert.Equal(contentType, (string?)request.Headers.ContentType);
        Assert.Equal(patch, request.Body);
        Assert.Equal("?fieldManager=sluice", request.Query.Count == 1 ? "?fieldManager=" + request.Query["fieldManager"] : "more");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("status")]
    public async Task Apply_NewObject_NamesManagerAndForce(string? subresource)
    {
        var options = new WriteOptions { FieldManager = "sluice-infrastructure", Force = true, DryRun = true, Subresource = subresource };

        await _client.ApplyAsync(ApiResources.Services, Name, Service("1"), options, Cancellation);

        var request = Assert.Single(_server.Requests);
        Assert.Equal("PATCH", request.Method);
        Assert.Equal("application/apply-patch+yaml", (string?)request.Headers.ContentType);
        Assert.Equal("sluice-infrastructure", (string?)request.Query["fieldManager"]);
        Assert.Equal("true", (string?)request.Query["force"]);
        Assert.Equal("All", (string?)request.Query["dryRun"]);
        Assert.Equal(subresource is not null, request.Path.EndsWith("/status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_PreconditionThatDoesNotHold_LeavesTheObject()
    {
        var version = _server.Store.Put(ApiResources.Services, "infra", "a", "1");

        var error = await Assert.ThrowsAsync<ApiException>(() => _client.DeleteAsync(ApiResources.Services, Name, new DeleteOptions { Uid = "another" }, Cancellation));
        await Assert.ThrowsAsync<ApiException>(() => _client.DeleteAsync(ApiResources.Services, Name, new DeleteOptions { ResourceVersion = "1" }, Cancellation));

        Assert.True(error.IsConflict);
        Assert.NotNull(await _client.FindAsync(ApiResources.Services, Name, Cancellation));
        await _client.DeleteAsync(ApiResources.Services, Name, new DeleteOptions { Uid = $"uid-{version}", ResourceVersion = $"{version}", PropagationPolicy = "Foreground" }, Cancellation);
        Assert.Null(await _client.FindAsync(ApiResources.Services, Name, Cancellation));
    }

    [Fact]
    public async Task Error_WithCauses_GivesThem()
    {
        _server.Once(async (context, _) =>
        {
            context.Response.StatusCode = 422;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, """
                {"kind":"Status","reason":"Invalid","message":"Service \"a\" is invalid","code":422,
                 "details":{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: 0","field":"spec.ports[0].port"}]}}
                """);
            return true;
        });

        var error = await Assert.ThrowsAsync<ApiException>(() => _client.CreateAsync(ApiResources.Services, "infra", Service("1"), cancellation: Cancellation));

        Assert.Equal(422, error.StatusCode);
        Assert.Equal("Invalid", error.Reason);
        Assert.Equal(new StatusCause("spec.ports[0].port", "FieldValueInvalid", "Invalid value: 0"), Assert.Single(error.Causes));
        Assert.False(error.IsTransient);
    }

    [Theory]
    [InlineData("<html>bad gateway</html>")]
    [InlineData("")]
    [InlineData("""{"kind":"Pod"}""")]
    [InlineData("[1]")]
    [InlineData("""{"kind":"Status","reason":7,"message":{},"code":"x","details":[]}""")]
    public async Task Error_WithoutStatusObject_SaysTheHttpStatus(string body)
    {
        _server.Once(async (context, _) =>
        {
            context.Response.StatusCode = 502;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, body);
            return true;
        });

        var error = await Assert.ThrowsAsync<ApiException>(() => _client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(502, error.StatusCode);
        Assert.True(error.IsTransient);
        Assert.Contains("502 BadGateway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnswerBeyondTheLimit_IsRefused()
    {
        _server.Store.Put(ApiResources.Services, "infra", "a", new string('x', 3 << 20));
        using var client = _server.Client(new KubernetesClientOptions { MaxObjectBytes = 1 << 20 });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    public async Task Get_NameThatWouldBeAnotherPath_IsRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _client.GetAsync(ApiResources.Services, new NamespacedName("infra", name), Cancellation));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Get_NameWithSlash_StaysOneSegment()
    {
        await _client.FindAsync(ApiResources.Services, new NamespacedName("infra", "a/b?c"), Cancellation);

        Assert.Empty(Assert.Single(_server.Requests).Query);
    }

    [Fact]
    public async Task Request_Headers_SayWhoAsks()
    {
        await _client.GetPathAsync("/apis/gateway.networking.k8s.io/v1/gateways", Cancellation);

        var request = Assert.Single(_server.Requests);
        Assert.Matches(@"^sluice/\d+\.\d+\.\d+", (string?)request.Headers.UserAgent);
        Assert.Equal("application/json", (string?)request.Headers.Accept);
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    private static ReadOnlyMemory<byte> Service(string value) =>
        Json.Bytes($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"a","namespace":"infra"},"data":{"value":"{{{value}}}"}}""");
}
