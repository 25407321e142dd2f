namespace Sluice.Proxy.Filters.Chain;

internal enum FilterVerdict
{
    /// <summary>The next filter has its turn.</summary>
    Continue,

    /// <summary>The request is answered with <see cref="FilterContext.Denial"/>.</summary>
    Deny,

    /// <summary>The filter waits for something: <see cref="FilterContext.Pending"/> has its verdict later.</summary>
    Pending,

    /// <summary>The client has gone while a filter waited: nobody is to be answered.</summary>
    Cancelled,
}
