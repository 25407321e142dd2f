using System.Net;
using System.Text.Json;

namespace Sluice.Controller.Clustered;

/// <summary>Reads status.addresses of a Gateway, so that it gets the same ones again after a restart.</summary>
internal static class StatusAddresses
{
    /// <param name="status">The value of status; may be empty.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> status)
    {
        if (status.IsEmpty)
            return [];
        var reader = new Utf8JsonReader(status);
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("addresses", out var addresses) || addresses.ValueKind != JsonValueKind.Array)
            return [];
        var found = new List<string>();
        foreach (var address in addresses.EnumerateArray())
        {
            if (address.ValueKind == JsonValueKind.Object
                && address.TryGetProperty("value", out var value)
                && value.ValueKind == JsonValueKind.String
                && IPAddress.TryParse(value.GetString(), out var parsed))
                found.Add(parsed.ToString());
        }
        return found;
    }
}
