using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.ApiServer.Json;

/// <summary>Options of JSON for people.</summary>
internal static class JsonTexts
{
    /// <summary>Only what must be escaped is.</summary>
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
