using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

/// <summary>Objects that are nested so deep that they could not be read again are not kept.</summary>
public sealed class DepthTests : IDisposable
{
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-data-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData(ApiHarness.JsonPatch)]
    [InlineData(ApiHarness.MergePatch)]
    [InlineData(ApiHarness.StrategicPatch)]
    [InlineData(ApiHarness.ApplyPatch)]
    public async Task Write_NestedTooDeep_IsRefused(string how)
    {
        await using (var api = Start())
        {
            (await api.PostAsync(Deployments, Deployment("there", "{}"))).Expect(201);

            // As deep as a body may be, with what the server adds on top; a JSON Patch puts it deeper.
            var affinity = $"{{'spec':{{'template':{{'spec':{{'affinity':{Nested(59)}}}}}}}}}";
            var refused = how switch
            {
                "POST" => await api.PostAsync(Deployments, Deployment("deep", Nested(59))),
                "PUT" => await api.PutAsync(Deployments + "/there", Deployment("there", Nested(59))),
                ApiHarness.JsonPatch => await api.PatchAsync(Deployments + "/there", $"[{{'op':'add','path':'/spec/template/spec/affinity','value':{Nested(62)}}}]", how),
                ApiHarness.ApplyPatch => await api.ApplyAsync(Deployments + "/there", "me", Deployment("there", Nested(59)), force: true),
                _ => await api.PatchAsync(Deployments + "/there", affinity, how),
            };

            refused.Expect(422);
            Assert.Contains("64 levels", refused.TextAt("message"), StringComparison.Ordinal);
            (await api.GetAsync(Deployments, "application/json;as=Table;v=v1;g=meta.k8s.io")).Expect(200);
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap("other"))).Expect(201);
        }

        await using var again = Start();
        (await again.GetAsync(ApiHarness.ConfigMaps + "/other")).Expect(200);
        (await again.DeleteAsync(Deployments + "/there")).Expect(200);
    }

    private ApiHarness Start() => new(new KubernetesApiOptions { DataFolder = _folder });

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);

    private static string Deployment(string name, string affinity) => ApiHarness.Json(
        $"{{'apiVersion':'apps/v1','kind':'Deployment','metadata':{{'name':'{name}'}},'spec':{{'selector':{{'matchLabels':{{'a':'b'}}}},'template':{{'metadata':{{'labels':{{'a':'b'}}}},'spec':{{'containers':[{{'name':'c','image':'i'}}],'affinity':{affinity}}}}}}}}}");
}
