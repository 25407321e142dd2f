using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sluice.Cli.Echo;

/// <summary><c>/retry/…?uuid=U&amp;succeedAfter=N[&amp;responseCode=C][&amp;delayRetry=D]</c>: the first N requests of a uuid fail, after D.</summary>
internal sealed class EchoRetries
{
    /// <summary>The answer is a connection reset.</summary>
    public const int Reset = 0;

    private readonly ConcurrentDictionary<string, int> _hits = new();

    /// <summary>The status to fail with, <see cref="Reset"/>, or null to succeed.</summary>
    public int? Answer(IQueryCollection query)
    {
        var uuid = query["uuid"].ToString();
        var hits = _hits.AddOrUpdate(uuid, 1, (_, count) => count + 1);
        if (hits > Number(query, "succeedAfter"))
        {
            _hits.TryRemove(uuid, out _);
            return null;
        }
        return Number(query, "responseCode");
    }

    private static int Number(IQueryCollection query, string name) =>
        int.TryParse(query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
