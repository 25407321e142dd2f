using System.Globalization;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Requests;

/// <summary>A request's query, decoded.</summary>
internal sealed class QueryParameters
{
    private readonly List<(string Name, string Value)> _pairs = [];

    /// <param name="query">Without "?"; a "+" is a space.</param>
    public QueryParameters(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            _pairs.Add(separator < 0 ? (Decode(pair), "") : (Decode(pair[..separator]), Decode(pair[(separator + 1)..])));
        }
    }

    /// <summary>The last of that name; null when there is none or it is empty.</summary>
    public string? this[string name]
    {
        get
        {
            for (var i = _pairs.Count - 1; i >= 0; i--)
            {
                if (_pairs[i].Name == name)
                    return _pairs[i].Value.Length == 0 ? null : _pairs[i].Value;
            }

            return null;
        }
    }

    public IEnumerable<string> All(string name) => _pairs.Where(pair => pair.Name == name).Select(pair => pair.Value);

    /// <summary>"true" or "1", as Go reads booleans.</summary>
    /// <exception cref="ApiException">400: neither true nor false.</exception>
    public bool Flag(string name) => this[name] switch
    {
        null or "false" or "False" or "FALSE" or "f" or "F" or "0" => false,
        "true" or "True" or "TRUE" or "t" or "T" or "1" => true,
        var other => throw ApiException.BadRequest($"{name}: must be true or false, found \"{other}\""),
    };

    /// <exception cref="ApiException">400: no whole number from 0.</exception>
    public long? Number(string name)
    {
        if (this[name] is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ApiException.BadRequest($"{name}: must be a whole number from 0, found \"{text}\"");
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
