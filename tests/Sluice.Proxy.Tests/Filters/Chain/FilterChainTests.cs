using System.Text;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.Chain;

public sealed class FilterChainTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Run_OrdersByStage_AndKeepsTheOrderWithinOne()
    {
        var chain = new FilterChain([
            Saying("route", FilterStage.Route), Saying("limit1", FilterStage.RateLimit), Saying("limit2", FilterStage.RateLimit),
            Saying("acl", FilterStage.Authorization), Saying("jwt", FilterStage.Authentication), Saying("fault", FilterStage.Fault)]);
        FilterRun run = FilterRun.Get();

        Assert.Equal(FilterVerdict.Continue, chain.Run(run.Head, run.Context));

        Assert.Equal(["fault", "jwt", "acl", "limit1", "limit2", "route"], _seen);
    }

    [Fact]
    public void Run_UpToAStage_GoesOnBehindItLater()
    {
        var chain = new FilterChain([Saying("fault", FilterStage.Fault), Saying("jwt", FilterStage.Authentication)]);
        FilterRun run = FilterRun.Get();

        chain.Run(run.Head, run.Context, FilterStage.Cors);
        Assert.Equal(["fault"], _seen);
        chain.Run(run.Head, run.Context);

        Assert.Equal(["fault", "jwt"], _seen);
    }

    [Fact]
    public void Run_AfterARefusal_AsksNobodyElse()
    {
        var chain = new FilterChain([new RefusingFilter("acl", FilterStage.Authorization), Saying("later", FilterStage.Route)]);
        FilterRun run = FilterRun.Get();

        Assert.Equal(FilterVerdict.Deny, chain.Run(run.Head, run.Context));

        Assert.Empty(_seen);
        Assert.Equal((500, "acl_unusable"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task Finish_WhatWaited_HasTheRestJudge()
    {
        var first = new TaskCompletionSource<FilterVerdict>();
        var second = new TaskCompletionSource<FilterVerdict>();
        var chain = new FilterChain([Waiting(first), Saying("between", FilterStage.Fault), Waiting(second), Saying("last", FilterStage.Route)]);
        FilterRun run = FilterRun.Get();

        Assert.Equal(FilterVerdict.Pending, chain.Run(run.Head, run.Context));
        Task<FilterVerdict> finishing = chain.FinishAsync(run.Head, run.Context);
        Assert.Empty(_seen);
        first.SetResult(FilterVerdict.Continue);
        second.SetResult(FilterVerdict.Continue);

        Assert.Equal(FilterVerdict.Continue, await finishing);
        Assert.Equal(["between", "last"], _seen);
    }

    [Fact]
    public async Task Finish_WhenTheClientHasGone_AsksNobody()
    {
        var source = new TaskCompletionSource<FilterVerdict>();
        var chain = new FilterChain([Waiting(source), Saying("last", FilterStage.Route)]);
        FilterRun run = FilterRun.Get();

        chain.Run(run.Head, run.Context);
        Task<FilterVerdict> finishing = chain.FinishAsync(run.Head, run.Context);
        run.Context.Cancel();
        source.SetResult(FilterVerdict.Continue);

        Assert.Equal(FilterVerdict.Cancelled, await finishing);
        Assert.Empty(_seen);
    }

    [Fact]
    public void HeldHead_LivesOn_WhenTheOtherIsOverwritten()
    {
        RequestHead source = TestHead.Create("POST", "a.example", "/p", "?q=1", ("X-One", "1"), ("Cookie", "a=b"));
        source.ContentLength = 7;
        using var held = new HeldHead(8);
        held.Take(TestHead.Get("/a/much/longer/path/than/the/next", ("X", new string('x', 500))));

        held.Take(source);
        source.Writable(new Slice(0, 20)).Fill((byte)'#');

        Assert.Equal("POST a.example /p ?q=1", $"{Text(held.Head.Method)} {Text(held.Head.Authority)} {Text(held.Head.Path)} {Text(held.Head.Query)}");
        Assert.Equal(2, held.Head.FieldCount);
        Assert.Equal("a=b", Text(held.Head.ValueOf(held.Head.Fields[1])));
        Assert.Equal(7, held.Head.ContentLength);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private Scripted Saying(string name, FilterStage stage) => new(name, stage, _ =>
    {
        _seen.Add(name);
        return FilterVerdict.Continue;
    });

    private static Scripted Waiting(TaskCompletionSource<FilterVerdict> source) => new("waits", FilterStage.Fault, context => context.Wait(source.Task));

    private sealed class Scripted(string name, FilterStage stage, Func<FilterContext, FilterVerdict> apply) : IRequestFilter
    {
        public string Name => name;

        public FilterStage Stage => stage;

        public FilterVerdict Apply(RequestHead head, FilterContext context) => apply(context);
    }
}
