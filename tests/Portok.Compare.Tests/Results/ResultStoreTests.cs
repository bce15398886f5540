using Portok.Compare.Results;
using Portok.Testing;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Results;

public sealed class ResultStoreTests
{
    [Fact]
    public void Save_SecondPartOfARun_KeepsTheFirst()
    {
        using var folder = new TempFolder();
        new ResultStore(folder.Path).Save(Example.Result("12b-64", ("portokd", 1, 8)));
        new ResultStore(folder.Path).Save(Example.Result("1m-64", ("portokd", 1, 300)));

        new ResultStore(folder.Path).Load().Select(result => result.Name).ShouldBe(["12b-64", "1m-64"]);
    }

    [Fact]
    public void Save_ScenarioAgain_ReplacesIt()
    {
        using var folder = new TempFolder();
        var store = new ResultStore(folder.Path);
        store.Save(Example.Result("12b-64", ("portokd", 1, 8)));
        store.Save(Example.Result("12b-64", ("portokd", 1, 9)));

        store.Load().ShouldHaveSingleItem().Samples.ShouldHaveSingleItem().Values["cpu"].ShouldBe(9);
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSame()
    {
        using var folder = new TempFolder();
        var store = new ResultStore(folder.Path);
        ScenarioResult saved = Example.Result("12b-64", 3, ("portokd", 1, double.NaN), ("nginx", 1, 10));
        store.Save(saved);

        ResultStore.ToJson(store.Load().Single()).ShouldBe(ResultStore.ToJson(saved));
    }

    [Fact]
    public void Load_NoRunYet_IsEmpty()
    {
        using var folder = new TempFolder();
        new ResultStore(folder.Combine("none")).Load().ShouldBeEmpty();
    }
}
