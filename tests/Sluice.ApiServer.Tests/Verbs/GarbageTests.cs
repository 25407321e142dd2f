using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Tests.Support;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Tests.Verbs;

/// <summary>Objects of every kind with values that nobody meant: each request is answered as the client's mistake, or done, and never with a defect.</summary>
public sealed class GarbageTests
{
    private static readonly string[] Words = ["", "a", "web", "default", "-", "A B", "10.0.0.1", "None", "ClusterIP", "LoadBalancer", "NodePort", "ExternalName", "HTTP", "TCP", "80%", "1", "2025-01-01T00:00:00Z", "9999-99-99T99:99:99Z", "\u0000", "\ud83d\ude00", "$patch", "../../x", new('x', 300)];

    public static TheoryData<string> Kinds => [.. KindCatalog.Default.All.Where(kind => !kind.IsReviewOnly).Select(kind => kind.QualifiedPlural)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Requests_WithGarbage_AreTheClientsFault(string plural)
    {
        var dot = plural.IndexOf('.', StringComparison.Ordinal);
        var kind = KindCatalog.Default.FindPlural(dot < 0 ? "" : plural[(dot + 1)..], dot < 0 ? plural : plural[..dot])!;
        var version = kind.Versions[0];
        var collection = $"{(kind.Group.Length == 0 ? "/api" : $"/apis/{kind.Group}")}/{version}{(kind.IsNamespaced ? "/namespaces/default" : "")}/{kind.Plural}";
        var random = new Random(plural.Sum(c => c));
        await using var api = new ApiHarness();
        for (var round = 0; round < 15; round++)
        {
            var name = $"n{round % 7}";
            var (first, second) = (Make(), Make());
            await CheckAsync(api.PostAsync(collection, first));
            await CheckAsync(api.SendAsync("PUT", $"{collection}/{name}", second, "application/yaml"));
            await CheckAsync(api.PatchAsync($"{collection}/{name}", second));
            await CheckAsync(api.PatchAsync($"{collection}/{name}/status", Make()));
            await CheckAsync(api.SendAsync("PATCH", $"{collection}/{name}", second, ApiHarness.StrategicPatch));
            await CheckAsync(api.SendAsync("PATCH", $"{collection}/{name}", $"[{{\"op\":\"add\",\"path\":\"/spec\",\"value\":{second}}},{{\"op\":\"copy\",\"from\":\"/spec\",\"path\":\"/status\"}}]", ApiHarness.JsonPatch));
            await CheckAsync(api.SendAsync("PATCH", $"{collection}/{name}?fieldManager=m{round % 3}&force={round % 2}", first, ApiHarness.ApplyPatch));
            await CheckAsync(api.SendAsync("PATCH", $"{collection}/{name}/status?fieldManager=m&force=1", second, ApiHarness.ApplyPatch));
            await CheckAsync(api.GetAsync(collection, "application/json;as=Table;v=v1;g=meta.k8s.io"));
            await CheckAsync(api.GetAsync($"{collection}?labelSelector=a%3Dweb,b&limit=1"));
            if (round % 5 == 4)
                await CheckAsync(api.DeleteAsync($"{collection}/{name}"));

            string Make()
            {
                var value = (JsonObject)Any(kind.Schema, random, 0)!;
                value["apiVersion"] = kind.ApiVersion(version);
                value["kind"] = kind.Kind;
                if (random.Next(8) > 0)
                {
                    var metadata = value["metadata"] as JsonObject ?? [];
                    if (metadata.Parent is null)
                        value["metadata"] = metadata;
                    metadata["name"] = name;
                    foreach (var field in (string[])["namespace", "uid", "resourceVersion", "generateName", "deletionTimestamp"])
                        metadata.Remove(field);
                    if (random.Next(3) > 0)
                        value["metadata"] = new JsonObject { ["name"] = name };
                }

                return value.ToJsonString();
            }
        }
    }

    private static async Task CheckAsync(Task<ApiAnswer> asking)
    {
        var answer = await asking;
        Assert.True(answer.Status < 500, answer.Text);
    }

    private static JsonNode? Any(SchemaNode node, Random random, int depth)
    {
        var type = depth > 1 && random.Next(25) == 0 ? (SchemaType)random.Next(Enum.GetValues<SchemaType>().Length) : node.Type;
        switch (type)
        {
            case SchemaType.Object:
                var map = new JsonObject();
                foreach (var (name, child) in node.Properties)
                {
                    if (depth < 12 && (node.Required.Contains(name) ? random.Next(30) > 0 : random.Next(depth < 2 ? 2 : 4) == 0))
                        map[name] = Any(child, random, depth + 1);
                }

                for (var i = random.Next(3); i > 0 && depth < 12 && node.AdditionalProperties is { } free; i--)
                    map[Words[random.Next(Words.Length)]] = Any(free, random, depth + 1);
                if (node.PreserveUnknownFields && random.Next(3) == 0)
                    map[Words[random.Next(Words.Length)]] = Words[random.Next(Words.Length)];
                return map;
            case SchemaType.Array:
                var list = new JsonArray();
                for (var i = random.Next(4); i > 0 && depth < 12; i--)
                    list.Add(random.Next(20) == 0 ? null : Any(node.Items ?? new SchemaNode { Type = SchemaType.String }, random, depth + 1));
                return list;
            case SchemaType.Boolean:
                return random.Next(2) == 0;
            case SchemaType.Integer or SchemaType.Number or SchemaType.IntOrString:
                return random.Next(6) switch
                {
                    0 => random.NextInt64(long.MinValue, long.MaxValue),
                    1 => random.NextDouble() * 1e300,
                    2 when type == SchemaType.IntOrString => Words[random.Next(Words.Length)],
                    3 => -1,
                    _ => random.Next(70_000),
                };
            default:
                return node.Enum.Count > 0 && random.Next(10) > 0 ? node.Enum[random.Next(node.Enum.Count)]
                    : random.Next(12) == 0 ? random.Next(100).ToString(CultureInfo.InvariantCulture)
                    : Words[random.Next(Words.Length)];
        }
    }
}
