using System.Text.Json.Nodes;
using Sluice.ApiServer.Responses;
using Sluice.Resources.Reading;

namespace Sluice.ApiServer.Json;

/// <summary>Reads YAML from outside, with the rules and limits of manifests.</summary>
internal static class YamlReading
{
    /// <exception cref="ApiException">400: not exactly one YAML mapping.</exception>
    public static JsonObject ParseObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var documents = ManifestJson.Read("body.yaml", utf8);
            return documents is [var only] ? only.Value : throw ApiException.BadRequest($"the body must hold one object, found {documents.Count}");
        }
        catch (ManifestJsonException exception)
        {
            throw ApiException.BadRequest($"the body is not valid YAML: line {exception.Line}, column {exception.Column}: {exception.Message}");
        }
    }
}
