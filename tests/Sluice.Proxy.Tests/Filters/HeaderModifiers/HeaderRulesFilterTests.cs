using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.HeaderModifiers;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;
using Sluice.Proxy.Tests.Support;
using HeaderTemplate = Sluice.Proxy.Filters.HeaderModifiers.HeaderTemplate;

namespace Sluice.Proxy.Tests.Filters.HeaderModifiers;

public sealed class HeaderRulesFilterTests
{
    [Fact]
    public void Request_IsSetAddedAndRemoved()
    {
        FilterRun run = FilterRun.Get(("X-Set", "theirs"), ("x-set", "too"), ("X-Add", "theirs"), ("X-Gone", "theirs"), ("X-Stays", "theirs"));

        Apply(run, new HeaderRules { Set = [Format("X-Set", "ours")], Add = [Format("X-Add", "one"), Format("X-Add", "two")], Remove = ["x-gone"] });

        Assert.Equal(["X-Set: ours", "X-Add: one", "X-Add: two"], Added(run.Context.RequestEdits));
        Assert.Equal((null, "theirs", null, "theirs"), (run.Field("X-Set"), run.Field("X-Add"), run.Field("X-Gone"), run.Field("X-Stays")));
    }

    [Theory]
    [InlineData("%REQ(X-One)%", "1")]
    [InlineData("%REQ(X-None?X-One)%", "1")]
    [InlineData("a%REQ(x-one)%b%%", "a1b%")]
    [InlineData("%REQ(:METHOD)% %REQ(:AUTHORITY)% %REQ(:SCHEME)%", "GET example.com http")]
    [InlineData("%REQ(:PATH)%", "/p/q?a=b")]
    [InlineData("%REQ(:PATH):4%", "/p/q")]
    [InlineData("%REQ(:PATH):6%", "/p/q?a")]
    [InlineData("%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "192.0.2.1")]
    [InlineData("%PROTOCOL%", "HTTP/1.1")]
    [InlineData("%START_TIME%", "2023-11-14T22:13:20.000Z")]
    [InlineData("%START_TIME(%Y/%m)%", "2023/11")]
    public void Value_IsMadeOfTheRequest(string format, string expected)
    {
        var run = new FilterRun(TestHead.Create("GET", "example.com", "/p/q", "?a=b", ("X-One", "1")));

        Apply(run, new HeaderRules { Set = [Format("X", format)] });

        Assert.Equal(expected, run.RequestField("X"));
    }

    [Fact]
    public void Value_OfItself_IsMadeBeforeItGoes()
    {
        FilterRun run = FilterRun.Get(("X-Id", "7"));

        Apply(run, new HeaderRules { Set = [Format("X-Id", "id-%REQ(X-Id)%")] });

        Assert.Equal(["X-Id: id-7"], Added(run.Context.RequestEdits));
        Assert.Null(run.Field("X-Id"));
    }

    [Theory]
    [InlineData("%DOWNSTREAM_PEER_SUBJECT%")]
    [InlineData("%DOWNSTREAM_TLS_VERSION%")]
    [InlineData("%REQ(X-None)%")]
    [InlineData(" ")]
    [InlineData("")]
    public void Value_ThatIsNothing_IsNotWritten_NorWhatTheClientSays(string format)
    {
        FilterRun run = FilterRun.Get(("X-Client-Subject", "CN=admin"));

        Apply(run, new HeaderRules { Set = [Format("X-Client-Subject", format)] });

        Assert.Null(run.Field("X-Client-Subject"));
        Assert.Empty(Added(run.Context.RequestEdits));
    }

    [Fact]
    public void Value_WithWhatNoFieldMayHave_IsNotWritten()
    {
        FilterRun run = FilterRun.Get(("X-Evil", "a\nX-Admin: 1"));

        Apply(run, new HeaderRules { Set = [Format("X", "%REQ(X-Evil)%")] });

        Assert.Empty(Added(run.Context.RequestEdits));
    }

    [Fact]
    public void Value_TooLong_IsNotWritten()
    {
        FilterRun run = FilterRun.Get(("X-Long", new string('a', HeaderTemplate.MaxLength)));

        Apply(run, new HeaderRules { Set = [Format("X", "b%REQ(X-Long)%"), Format("Y", "%REQ(X-Long)%")] });

        Assert.Null(run.RequestField("X"));
        Assert.Equal(HeaderTemplate.MaxLength, run.RequestField("Y")!.Length);
    }

    [Fact]
    public void Secret_IsWrittenAsItIs()
    {
        FilterRun run = FilterRun.Get();

        Apply(run, new HeaderRules { Set = [new HeaderSource { Name = "X-Key", Secret = new SecretText("100%REQ(host)%") }] });

        Assert.Equal("100%REQ(host)%", run.RequestField("X-Key"));
    }

    [Fact]
    public void Edits_ThatAreNotAllowed_AreLeftOutAndReported()
    {
        FilterRun run = FilterRun.Get(("X-A", "theirs"));
        var problems = new List<string>();
        var rules = new HeaderRules
        {
            Set =
            [
                Format("Host", "a"), Format("Transfer-Encoding", "chunked"), Format("Content-Length", "0"), Format("Connection", "X"), Format("X Y", "a"),
                Format("X-A", "a\r\nb"), Format("X-B", "%RESPONSE_CODE%"), Format("X-C", "100%"),
                new HeaderSource { Name = "X-D", Secret = new SecretText("hush\nhush") }, new HeaderSource { Name = "X-E", Secret = SecretText.Withheld },
            ],
            Remove = ["Upgrade"],
        };

        Assert.Equal(FilterVerdict.Continue, run.Apply(new HeaderRulesFilter(new HeaderModifiersPolicy { Request = rules }, problems)));

        Assert.Empty(Added(run.Context.RequestEdits));
        Assert.Null(run.Field("X-A"));
        Assert.Equal(11, problems.Count);
        Assert.All(problems, problem => Assert.EndsWith("; this edit is left out", problem, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("hush", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatFiltersInFrontHaveAdded_IsChangedToo()
    {
        FilterRun run = FilterRun.Get();
        run.Context.AddRequestField("X-User"u8, "alice"u8);
        run.Context.AddRequestField("X-Other"u8, "kept"u8);

        Apply(run, new HeaderRules { Set = [Format("X-User", "user %REQ(X-User)%")] });

        Assert.Equal(["X-Other: kept", "X-User: user alice"], Added(run.Context.RequestEdits));
    }

    [Fact]
    public void RequestFields_ThatTheRuleDrops_AreDropped()
    {
        FilterRun run = FilterRun.Get();
        Apply(run, new HeaderRules { Set = [Format("X-A", "%PROTOCOL%"), Format("X-B", "b"), Format("X-C", "c")] });
        HeaderEdits rule = HeaderEditsBuilder.Build([new HeaderModifier { Set = [new HeaderValue("x-b", "rule")], Remove = ["X-A"] }], "request header", []);

        run.Context.RequestEdits!.Follow(rule);

        Assert.Equal("x-b: rule\r\nX-C: c\r\n", Encoding.ASCII.GetString(run.Context.RequestEdits.AppendedLines));
        Assert.Equal("x-c", Encoding.ASCII.GetString(run.Context.RequestEdits.AppendedLowerName(1)));
    }

    [Fact]
    public void Response_IsChangedByTheRuleAndByTheRequest()
    {
        var policy = new HeaderModifiersPolicy
        {
            Response = new HeaderRules { Set = [Format("X-Frame-Options", "DENY"), Format("X-For", "%REQ(X-User)%")], Add = [Format("Vary", "A"), Format("Vary", "B")], Remove = ["Server"] },
        };
        RouteRule rule = new()
        {
            Route = "HTTPRoute/a/b",
            Index = 0,
            Action = new ForwardAction([]),
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Frame-Options", "SAMEORIGIN"), new HeaderValue("X-For", "rule")] }],
            Policies = new RequestPolicies { HeaderModifiers = policy },
        };
        HeaderEdits edits = new Sluice.Proxy.Routing.RuleCompiler(_ => -1, Sluice.Proxy.Sessions.SessionKey.Random(), FilterRun.Parts()).Compile(rule).ResponseEdits;
        FilterRun run = FilterRun.Get(("X-User", "alice"));
        run.Apply(new HeaderRulesFilter(policy, []));

        run.Context.ResponseEdits!.Follow(edits);

        Assert.Equal("X-Frame-Options: DENY\r\nVary: A\r\nVary: B\r\nX-For: alice\r\n", Encoding.ASCII.GetString(run.Context.ResponseEdits.AppendedLines));
        Assert.True(edits.Removes("server"u8) && edits.Removes("x-for"u8) && !edits.Removes("vary"u8));
    }

    [Fact]
    public void Apply_AllocatesNothing()
    {
        var policy = new HeaderModifiersPolicy
        {
            Request = new HeaderRules { Set = [Format("X-A", "%REQ(:PATH)% %START_TIME%"), Format("X-B", "b")], Remove = ["X-C"] },
            Response = new HeaderRules { Add = [Format("X-D", "%HOSTNAME%")] },
        };
        var filter = new HeaderRulesFilter(policy, []);
        var edits = new Stack<ExchangeEdits>([new ExchangeEdits(), new ExchangeEdits()]);
        var context = new FilterContext(new FastRandom(7), new ManualClock(), edits.Pop);
        RequestHead[] heads = [.. Enumerable.Range(0, 100).Select(_ => TestHead.Get("/p", ("X-C", "c")))];
        Serve(heads[0]);
        Serve(heads[1]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 2; i < heads.Length; i++)
            Serve(heads[i]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Serve(RequestHead head)
        {
            context.Begin("192.0.2.1"u8, null, 0, 1000);
            filter.Apply(head, context);
            ExchangeEdits request = context.RequestEdits!, response = context.ResponseEdits!;
            context.End();
            request.Clear();
            response.Clear();
            edits.Push(request);
            edits.Push(response);
        }
    }

    private static HeaderSource Format(string name, string format) => new() { Name = name, Format = format };

    private static void Apply(FilterRun run, HeaderRules rules)
    {
        var problems = new List<string>();
        Assert.Equal(FilterVerdict.Continue, run.Apply(new HeaderRulesFilter(new HeaderModifiersPolicy { Request = rules }, problems)));
        Assert.Empty(problems);
    }

    private static string[] Added(ExchangeEdits? edits)
    {
        edits?.Follow(HeaderEdits.None);
        return edits is null ? [] : Encoding.UTF8.GetString(edits.AppendedLines).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
