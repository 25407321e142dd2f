using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas;
using Sluice.Resources.Schemas.Crds;

namespace Sluice.Cli.Crds;

/// <summary>The CustomResourceDefinitions of the kinds beside the Gateway API that are served.</summary>
internal static class CustomResources
{
    /// <summary>Made anew for each caller.</summary>
    public static IEnumerable<JsonObject> All => KindSchemas.All.Where(kind => kind.IsCustom && kind.Group != GatewayApiGroup.Name).Select(Describe);

    private static JsonObject Describe(KindSchema kind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            CustomResourceDefinitionWriter.Write(json, kind);
        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }
}
