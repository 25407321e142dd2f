using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Routing;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.Chain;

/// <summary>A request and what filters make of it.</summary>
internal sealed class FilterRun
{
    public FilterRun(RequestHead head, string peer = "192.0.2.1", ManualClock? clock = null, int trustedHops = 0, long now = 1_000_000)
    {
        Head = head;
        Clock = clock ?? new ManualClock();
        Context = new FilterContext(new FastRandom(7), Clock, () => new ExchangeEdits());
        Context.Begin(Encoding.ASCII.GetBytes(peer), null, trustedHops, now);
    }

    public RequestHead Head { get; }

    public ManualClock Clock { get; }

    public FilterContext Context { get; }

    public int Status => Context.Denial!.StatusCode;

    public string Reason => Context.Denial!.Reason;

    public string Query => Encoding.ASCII.GetString(Head.Query);

    /// <summary>What filters share, for those that fetch nothing.</summary>
    public static FilterParts Parts(IJwksFetcher? fetcher = null, TimeProvider? clock = null) =>
        new(new KeySources(fetcher ?? new NoFetcher(), clock ?? TimeProvider.System, _ => { }));

    public static FilterRun Get(params (string Name, string Value)[] fields) => new(TestHead.Get("/", fields));

    public static FilterRun OfQuery(string query) => new(TestHead.Create("GET", "example.com", "/", query));

    public FilterVerdict Apply(IRequestFilter filter) => filter.Apply(Head, Context);

    /// <summary>With what it waits for.</summary>
    public async Task<FilterVerdict> FinishAsync(IRequestFilter filter)
    {
        var chain = new FilterChain([filter]);
        FilterVerdict verdict = chain.Run(Head, Context);
        return verdict == FilterVerdict.Pending ? await chain.FinishAsync(Head, Context) : verdict;
    }

    /// <summary>A field that the client sent and the backend gets.</summary>
    public string? Field(string name)
    {
        foreach (Field field in Head.Fields)
        {
            if (Encoding.ASCII.GetString(Head.NameOf(field)).Equals(name, StringComparison.OrdinalIgnoreCase))
                return Encoding.UTF8.GetString(Head.ValueOf(field));
        }
        return null;
    }

    public string? RequestField(string name) => Added(Context.RequestEdits, name);

    public string? ResponseField(string name) => Added(Context.ResponseEdits, name);

    private sealed class NoFetcher : IJwksFetcher
    {
        public Task<byte[]> FetchAsync(RemoteJwks source, CancellationToken cancellationToken) => throw new IOException("nothing is fetched here");
    }

    private static string? Added(ExchangeEdits? edits, string name)
    {
        if (edits is null)
            return null;
        edits.Follow(HeaderEdits.None);
        for (int i = 0; i < edits.AppendedCount; i++)
        {
            if (Encoding.ASCII.GetString(edits.AppendedName(i)).Equals(name, StringComparison.OrdinalIgnoreCase))
                return Encoding.UTF8.GetString(edits.AppendedValue(i));
        }
        return null;
    }
}
