using System.Text;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.OAuth2;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>A browser with its cookies, in front of one filter.</summary>
internal sealed class OAuth2Browser(OAuth2Filter filter, ManualClock clock, string host = "app.example.com", bool secure = true)
{
    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>What the last answer set, as it stands there.</summary>
    public List<string> SetCookies { get; } = [];

    public Task<OAuth2Visit> GetAsync(string target, params (string Name, string Value)[] fields) => SendAsync("GET", target, fields);

    public async Task<OAuth2Visit> SendAsync(string method, string target, params (string Name, string Value)[] fields)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        var all = fields.ToList();
        if (Cookies.Count > 0)
            all.Add(("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))));
        var run = new FilterRun(TestHead.Create(method, host, query < 0 ? target : target[..query], query < 0 ? "" : target[query..], [.. all]), clock: clock);
        if (secure)
            run.Context.MarkSecure();
        FilterVerdict verdict = await run.FinishAsync(filter);
        Take(run.Context.ResponseEdits);
        return new OAuth2Visit(verdict, run, run.ResponseField("Location"));
    }

    /// <summary>Logs in: to the provider, back, and to where it began.</summary>
    public async Task<OAuth2Visit> LogInAsync(TestIssuer issuer, string target = "/")
    {
        OAuth2Visit visit = await GetAsync(target);
        Assert.Equal(FilterVerdict.Deny, visit.Verdict);
        Assert.Equal("oauth2_login", visit.Run.Reason);
        return await GetAsync(issuer.Authorize(visit.Location!).PathAndQuery);
    }

    private void Take(ExchangeEdits? edits)
    {
        SetCookies.Clear();
        if (edits is null)
            return;
        edits.Follow(HeaderEdits.None);
        for (int i = 0; i < edits.AppendedCount; i++)
        {
            if (!edits.AppendedLowerName(i).SequenceEqual("set-cookie"u8))
                continue;
            string text = Encoding.ASCII.GetString(edits.AppendedValue(i));
            SetCookies.Add(text);
            string[] pair = text.Split(';')[0].Split('=', 2);
            if (text.Contains("; Max-Age=0;", StringComparison.Ordinal))
                Cookies.Remove(pair[0]);
            else
                Cookies[pair[0]] = pair[1];
        }
    }
}
