using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Core;

/// <summary>Cells of <c>kubectl get endpoints,endpointslices</c>: the first few of what may be many.</summary>
internal static class EndpointCells
{
    private const int Most = 3;

    public static string OfEndpoints(JsonObject item)
    {
        var texts = new List<string>();
        foreach (var subset in Array(item, "subsets"))
        {
            foreach (var address in Array(subset, "addresses"))
            {
                var ip = address?["ip"]?.ToString() ?? "";
                var host = ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip;
                foreach (var port in Array(subset, "ports"))
                    texts.Add($"{host}:{port?["port"]}");
                if (Array(subset, "ports").Count == 0)
                    texts.Add(ip);
            }
        }

        return First(texts, "<none>");
    }

    public static string PortsOfSlice(JsonObject item)
    {
        var texts = new List<string>();
        foreach (var port in Array(item, "ports"))
            texts.Add(port?["port"]?.ToString() ?? "*");
        return First(texts, "<unset>");
    }

    public static string AddressesOfSlice(JsonObject item)
    {
        var texts = new List<string>();
        foreach (var endpoint in Array(item, "endpoints"))
        {
            foreach (var address in Array(endpoint, "addresses"))
                texts.Add(address?.ToString() ?? "");
        }

        return First(texts, "<unset>");
    }

    private static string First(List<string> texts, string none)
    {
        if (texts.Count == 0)
            return none;
        return texts.Count <= Most ? string.Join(',', texts) : $"{string.Join(',', texts.Take(Most))} + {texts.Count - Most} more...";
    }

    private static JsonArray Array(JsonNode? item, string field) => (item as JsonObject)?[field] as JsonArray ?? [];
}
