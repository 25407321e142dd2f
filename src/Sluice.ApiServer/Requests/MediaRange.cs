namespace Sluice.ApiServer.Requests;

/// <summary>One entry of an Accept header.</summary>
/// <param name="Type">Lower case: "application/json", "*/*".</param>
/// <param name="Parameters">By lower-case name.</param>
internal sealed record MediaRange(string Type, IReadOnlyDictionary<string, string> Parameters)
{
    public bool AllowsJson => Type is "application/json" or "application/*" or "*/*";

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    /// <summary>The entries in the order of the header.</summary>
    public static IEnumerable<MediaRange> ParseAll(string accept)
    {
        foreach (var entry in accept.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries);
            var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var parameter in parts.AsSpan(1))
            {
                var separator = parameter.IndexOf('=', StringComparison.Ordinal);
                if (separator > 0)
                    parameters[parameter[..separator].Trim().ToLowerInvariant()] = parameter[(separator + 1)..].Trim();
            }

            yield return new MediaRange(parts[0].ToLowerInvariant(), parameters);
        }
    }
}
