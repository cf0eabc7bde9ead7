using AutoFlow.Understanding.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class CalledOtherwiseTests
{
    private static readonly string[] Orders =
    [
        "My order {0} is late", "order number: {0}", "Order #{0}", "Where is the package for order {0}?", "The delivery of my order {0} has not arrived.",
        "order no. {0}, when does the parcel ship?", "I want to track my order {0}", "Please check the shipping status of order number {0} with DHL.",
        "{0} is my order number, where is the package?", "{0} (my order) has not been delivered", "My order number for the missing package is {0}.",
        "The package from my order, number {0}, is lost", "Delivery problem: order {0}", "parcel missing - order id {0}", "The order I am tracking is {0}.",
        "I have no tracking number, only my order number {0}", "Your courier never came, my order is {0}", "tracking says nothing for order {0}",
        "I ordered under {0} and the parcel is lost", "ORDER NUMBER {0} DELIVERY FAILED", "my order:\n{0}\nwhere is the parcel?", "My order number is:\n\n{0}\n\nWhere is the package?",
        "I placed order {0} last week and the courier says delivered", "order ID {0} - package not delivered", "Order-Nr. {0} Paket fehlt", "PO number {0}, shipment late", "Order confirmation {0}: no parcel yet",
        "Order reference {0}, UPS lost it", "My purchase {0} has not shipped", "purchase order {0} shipment", "Regarding order: {0}. Where is the parcel?", "the order ({0}) is with DHL", "order, {0}, package", "Orders {0} and 10442, parcels missing",
        "Order no.: {0}", "order nr {0} tracking?", "Tracking for order {0} please", "tracking of my order no {0}", "can you track order {0}", "Is order {0} shipped with FedEx?", "the parcel with order number {0} is missing", "Order {0} / parcel late",
        "Bestellung mit der Nummer {0}, Paket fehlt", "Bestell-ID {0} Lieferung", "Best.-Nr. {0}, Bestellung fehlt, Paket weg", "Auftrag {0} wurde nicht geliefert", "n° de commande : {0} (colis)", "réf. commande {0} livraison", "nº de pedido: {0}, envío", "numero ordine {0} spedizione", "ordernr. {0} pakket kwijt", "nr zam. {0} paczka",
        "注文ID：{0}、配送はまだですか", "注文した番号は{0}です、荷物はどこですか", "订单：{0}，物流没有更新", "我下的订单（{0}）包裹丢了",
        "Bestellnummer {0} bitte", "Meine Bestellung {0} ist noch nicht da, wo ist das Paket?", "Wo bleibt die Lieferung zu Bestellung Nr. {0}?", "Das Paket zu meiner Bestellung {0} fehlt",
        "Auftragsnummer: {0}, Versand mit DHL", "{0} lautet meine Bestellnummer, das Paket kam nie", "Sendung fehlt, Bestell-Nr.: {0}", "Ich habe keine Sendungsnummer, nur die Bestellnummer {0}.",
        "commande n° {0}", "Où est le colis de ma commande {0} ?", "Ma commande numéro {0} n'est pas arrivée, livraison en retard", "Le numéro de ma commande est {0}, pas de suivi", "{0} est mon numéro de commande, colis perdu",
        "pedido {0}", "Mi pedido número {0} no ha llegado, ¿dónde está el paquete?", "El envío de mi pedido {0} se ha perdido", "El paquete del pedido con número {0} no llega", "{0} es mi número de pedido",
        "ordine {0}", "Il mio ordine n. {0} non è arrivato, il pacco è perso?", "La spedizione dell'ordine {0} è in ritardo", "Numero d'ordine: {0}, corriere BRT", "{0} è il mio numero d'ordine",
        "bestelling {0}", "Waar is het pakket van mijn bestelling {0}?", "Mijn bestelnummer is {0}, de bezorging is te laat", "Ordernummer: {0} - PostNL", "{0} is mijn bestelnummer",
        "zamówienie {0}", "Gdzie jest paczka z zamówienia nr {0}?", "Numer zamówienia: {0}, dostawa InPost", "Przesyłka z zamówienia {0} nie dotarła", "{0} to mój numer zamówienia",
        "注文番号{0}です。荷物が届きません。", "注文番号は{0}ですが、配送状況を教えてください", "ご注文番号：{0}", "{0}の注文の荷物が届いていません", "荷物が届きません、注文{0}です", "注文した荷物の番号{0}",
        "订单号{0}，包裹还没到", "我的订单{0}的快递在哪里？", "订单编号：{0}", "包裹没收到，订单是{0}", "{0}是我的订单号，快递没到", "訂單號 {0} 的包裹呢", "快递一直没到，我的订单号码为{0}",
    ];

    private static readonly string[] Others =
    [
        "My phone number is {0}, call before the delivery", "customer number {0}, parcel missing", "Rechnung {0} zur Lieferung", "facture n° {0} du colis", "mi teléfono es {0}", "IBAN {0} please refund the package",
        "Kundennummer: {0}, Paket fehlt", "telefono {0} per la consegna", "klantnummer {0}, pakket", "numer faktury {0}, paczka", "電話番号は{0}です、荷物", "手机号{0}，快递", "会員番号{0} 荷物", "发票号{0}", "article number {0} is missing from the package",
    ];

    private static readonly Arbitrary<string> Numbers =
        (from length in Gen.Choose(8, 22)
         from digits in Gen.ArrayOf(Gen.Choose(0, 9), length)
         from sign in Gen.Elements("", "", " ", "-")
         from size in Gen.Choose(2, 6)
         from kind in Gen.Choose(0, 11)
         let number = Likely(kind, digits)
         select string.Join(sign, number.Chunk(size).Select(c => new string(c)))).ToArbitrary();

    [Fact]
    public void Digits_that_the_text_calls_an_order_are_never_parcels() => NeverClaimed(Orders);

    [Fact]
    public void Digits_that_the_text_calls_something_else_are_never_parcels() => NeverClaimed(Others);

    [Theory]
    [InlineData("Order 10442, tracking number {0}.")]
    [InlineData("My order hasn't arrived, tracking number {0}")]
    [InlineData("Tracking: {0}\nOrder: 10442")]
    [InlineData("Order: 10442\nTracking: {0}")]
    [InlineData("tracking number {0} for my order 10442")]
    [InlineData("I ordered last week and parcel {0} does not move")]
    [InlineData("My parcel number:\n\n{0}\n\nThanks a lot for looking into this")]
    [InlineData("In order to get help: parcel {0}")]
    [InlineData("Bestellung 10442, Sendungsnummer {0}")]
    [InlineData("Commande 10442, numéro de suivi {0}")]
    [InlineData("numer paczki {0}, zamówienie 10442")]
    [InlineData("注文番号10442、追跡番号{0}")]
    [InlineData("お問い合わせ番号は{0}です")]
    [InlineData("お問い合わせ伝票番号：{0}")]
    [InlineData("订单号10442，快递单号{0}")]
    [InlineData("运单号:{0}")]
    [InlineData("物流单号是{0}，没有更新")]
    public void A_parcel_is_found_beside_an_order(string text)
    {
        // An air waybill: nine digits and their rest by seven.
        var found = Assert.Single(TrackingNumbers.Find(text.Replace("{0}", $"123456789{123456789 % 7}", StringComparison.Ordinal)));
        Assert.Contains("dhl-express", found.Carriers);
    }

    [Theory]
    [InlineData("Rufnummer für den Fahrer der Sendung: 077472104580")]
    [InlineData("mon portable pour la livraison du colis : 077472104580")]
    [InlineData("mi celular para la entrega del paquete: 077472104580")]
    [InlineData("Please ring me about my parcel 077472104580")]
    [InlineData("You can reach me about the parcel under 077472104580")]
    [InlineData("Ich bin für die Lieferung erreichbar unter 077472104580")]
    [InlineData("phone number for tracking updates: 077472104580")]
    [InlineData("Where is my order?\nNumber: 990066919219705426")]
    [InlineData("Where is my order?\nNumber: 323200669192197054261234")]
    [InlineData("Where is my order?\nNumber: 590066919219705426123456")]
    public void Digits_of_a_phone_or_without_any_word_for_a_parcel_are_no_parcels(string text) => Assert.Empty(TrackingNumbers.Find(text));

    [Theory]
    [InlineData("Call me on 0171 2345678 about parcel 077472104580")]
    [InlineData("Please ring me, tracking number 077472104580")]
    [InlineData("Call me back, tracking: 077472104580")]
    [InlineData("The ring in parcel 077472104580 is broken")]
    [InlineData("My parcel did not reach me: parcel 077472104580")]
    [InlineData("Die Hotline ist nicht erreichbar, Paket 077472104580")]
    [InlineData("Ship to zip 10115, parcel 077472104580")]
    public void A_parcel_is_found_beside_a_phone(string text) => Assert.Equal("077472104580", Assert.Single(TrackingNumbers.Find(text)).Number);

    [Theory]
    [InlineData("The tracking for my parcel (1Z 88A 204 03 9921 4410) has not changed")]
    [InlineData("parcel 12 345 678 91 23 45 67 89 01 23 45 67 89 01 23 45 67 89")]
    public void Groups_of_a_number_that_is_not_understood_are_no_numbers(string text) => Assert.Empty(TrackingNumbers.Find(text));

    [Theory]
    [InlineData("Bestellnr. 10442")]
    [InlineData("注文番号10442です")]
    [InlineData("注文番号は10442ですが")]
    [InlineData("ご注文番号：10442")]
    [InlineData("注文番号：１０４４２")]
    [InlineData("订单号10442")]
    [InlineData("我的订单10442还没到")]
    [InlineData("訂單編號:10442")]
    [InlineData("10442是我的订单号")]
    public void An_order_number_is_found_in_short_words_and_between_signs_without_spaces(string text) => Assert.Equal(["10442"], new OrderNumbers(@"#?\d{4,6}").Find(text));

    [Theory]
    [InlineData("电话10442")]
    [InlineData("5000円")]
    [InlineData("注文は5000円でした")]
    [InlineData("邮编100442")]
    public void Other_numbers_between_such_signs_are_no_orders(string text) => Assert.Empty(new OrderNumbers(@"#?\d{4,6}").Find(text));

    // Half of the numbers fit a carrier's format: an order may do so by chance.
    private static string Likely(int kind, int[] random)
    {
        var digits = string.Concat(random).PadRight(22, '7');
        return kind switch
        {
            0 => Complete(digits[..9], CheckDigits.Modulo7),
            1 => Complete(digits[..11], CheckDigits.FedExExpress),
            2 => Complete($"00340{digits[..14]}", CheckDigits.Gs1),
            3 => Complete($"94{digits[..19]}", CheckDigits.Gs1),
            4 => Complete(digits[..15], CheckDigits.Gs1),
            5 => Complete(digits[..19], CheckDigits.Gs1),
            _ => string.Concat(random),
        };
    }

    private static string Complete(string serial, CheckDigitRule rule) => serial + "0123456789".First(d => rule(serial + d));

    private static void NeverClaimed(string[] sentences) => Prop.ForAll(Numbers, number =>
    {
        foreach (var sentence in sentences)
            if (TrackingNumbers.Find(sentence.Replace("{0}", number, StringComparison.Ordinal)) is { Count: > 0 } found) return false.Label($"{sentence} with {number}: {found[0].Number} {string.Join(',', found[0].Carriers)}");
        return true.ToProperty();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
