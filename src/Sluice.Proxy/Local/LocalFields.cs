using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Local;

/// <summary>Which header fields a handler inside the process may add to its answers.</summary>
internal static class LocalFields
{
    /// <summary>Bytes of all names and values: far less than heads are composed in.</summary>
    private const int MaxBytes = 32 * 1024;

    /// <exception cref="InvalidOperationException">Names the field and what is wrong with it.</exception>
    public static void Check(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var bytes = 0;
        foreach (var (name, value) in fields)
        {
            if (!FieldSyntax.IsName(name) || name.Any(char.IsAsciiLetterUpper))
                throw new InvalidOperationException($"the answer's field \"{name}\" must be a name in lower case");
            if (IsOurs(name))
                throw new InvalidOperationException($"the answer's field \"{name}\" is written by the server");
            if (!FieldSyntax.IsValue(value) || value.Any(character => character > '\xff'))
                throw new InvalidOperationException($"the value of the answer's field \"{name}\" must be visible Latin-1 characters, spaces and tabs");
            bytes += name.Length + value.Length;
        }

        if (bytes > MaxBytes)
            throw new InvalidOperationException($"the answer's fields have {bytes} bytes, more than {MaxBytes}");
    }

    private static bool IsOurs(string name) => name is
        "connection" or "keep-alive" or "proxy-connection" or "transfer-encoding" or "content-length" or "te" or "trailer" or
        "upgrade" or "content-type" or "date" or "server";
}
