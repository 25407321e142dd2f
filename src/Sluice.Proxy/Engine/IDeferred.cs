namespace Sluice.Proxy.Engine;

/// <summary>Something that a worker does later in its turn (<see cref="Worker.Defer"/>).</summary>
internal interface IDeferred
{
    void Run();
}
