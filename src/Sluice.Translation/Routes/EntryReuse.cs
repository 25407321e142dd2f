using Sluice.Configuration;

namespace Sluice.Translation.Routes;

/// <summary>
/// Takes parts of equal content from the version before, because the data plane keeps what it built by the identity of
/// these instances.
/// </summary>
internal static class EntryReuse
{
    public static RouteRule Rule(RouteRule rule, RouteEntry[] previous)
    {
        foreach (var entry in previous)
        {
            if (entry.Rule.Index == rule.Index)
                return RuleEquality.Same(entry.Rule, rule) ? entry.Rule : rule;
        }
        return rule;
    }

    public static RouteEntry Entry(RouteMatch match, RouteRule rule, RouteEntry[] previous)
    {
        foreach (var entry in previous)
        {
            if (RuleEquality.Same(entry.Match, match))
            {
                if (ReferenceEquals(entry.Rule, rule))
                    return entry;
                match = entry.Match;
            }
        }
        return new RouteEntry(match, rule);
    }

    public static RouteEntry[] Array(RouteEntry[] entries, RouteEntry[] previous)
    {
        if (entries.Length != previous.Length)
            return entries;
        for (var i = 0; i < entries.Length; i++)
        {
            if (!ReferenceEquals(entries[i], previous[i]))
                return entries;
        }
        return previous;
    }
}
