"""What tells whom a pronoun can mean: given names of men and of women, and what people without a name are called.

Names that both bear (Alex, Robin, Andrea) are left out.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEN = _words(
    """
    aaron abdelaziz abdul abdullah abraham adam adrian ahmad ahmed ahmet amr aidan alan albert aleksandr alejandro
    alessandro alexander
    alexei alfred ali allan amir anatoly anders andré andreas andrei andrew angus anthony antonio
    antónio archie arnold
    arthur barack ben benedict benjamin bernard bernd bill björn bob boris brendan brian bruce carl carlos cedric
    charles christian christopher colin conor craig cyril dan daniel darren david dennis derek diego dieter dimitri
    dmitry dominic donald douglas duncan eamon ed eddie edward emilio emmanuel enrico eric erik ernest evan ezra felix
    fernando francesco francis francisco frank franz fred frederick fritz gareth gary gavin geoffrey george gerald
    gerard giorgos giovanni giuseppe gordon graham greg gregory guillermo günter gustav hamid hans harold harry hassan
    heinrich henri henrik henry hiroshi horst howard hugh hussein iain ian ibrahim igor imran isaac ivan jack jacob
    jacques jakob jamal james jan jason javier jeff jeffrey jeremy jerome joachim joe joel johan john jonas jonathan
    jorge josé joseph josh joshua juan julian jürgen justin karl keith kenneth kevin klaus lars laurence lawrence leo
    leonard lewis liam louis luca luis luke mahmoud malcolm manuel marco marcus mario mark martin matthew mauro max
    michael michel miguel mikhail mohamed mohammad mehmet mohammed moammar moussa muammar mustafa nathan neil
    nicholas nicolas nigel
    nikolai nils noah norman oleg oliver olivier omar oscar osman otto owen pablo paolo patrick paul pavel pedro per
    peter philip philippe pierre piotr rafael rahul rajesh ralph raymond recep richard rob robert
    roberto rodrigo roger
    roland ron ronald ross rupert russell ryan sanjay scott sean sebastian sergei sergey sergio simon stanley stefan
    stephen steve steven stewart stuart sunil terence terry theo thomas tim timothy tobias tom tomás tomas tony trevor
    umar victor viktor vikram vincent vitaly vladimir walter warren wayne werner wilhelm will william winston wolfgang
    xavier yusuf zachary
    """
)
WOMEN = _words(
    """
    abigail ada adele agnes aisha alice alicia alison amanda amelia amina amy ana anastasia angela anita ann anna anne
    annette annie antonia astrid audrey barbara beatrice beatriz becky bella bernadette bertha bethany birgit bridget
    brigitte camilla carla carmen carol carolina caroline catherine cecilia charlotte chiara
    christina christine claire
    clara claudia cynthia daisy daniela deborah denise diana diane dina dolores donna doris dorothy
    edith eileen elaine
    eleanor elena elisabeth elise elizabeth ella ellen elsa emily emma erica esther ethel eva eve evelyn farah fatima
    fatma felicity fiona florence frances francesca françoise freya frida gabriela gail gemma georgia georgina
    geraldine gertrude gillian gina gisela giulia gladys gloria grace greta hanna hannah harriet heather heidi helen
    helena helga henrietta hilary hilda ilse imogen ines ingrid irena irene irina iris isabel isabella isobel ivana
    jacqueline jana jane janet janice jean jennifer jenny jessica joan joanna joanne josephine joyce
    juana judith julia
    juliet karen karin katarina kate katherine kathleen kathryn katie kirsten lara laura lauren layla
    leila lena leonora
    leticia liesl lillian linda lisa liz louise lucia lucy lydia madeleine maggie maia manuela
    margaret margarita maria
    marianne marie marina marion marta martha mary matilda maureen mercedes michelle mildred miranda
    miriam moira molly
    monica monika nadia nancy naomi natalia natalie natasha nina nora olga olivia pamela patricia
    paula pauline penelope
    petra philippa phoebe phyllis pippa priya rachel raquel rebecca regina renata rita roberta rosa rosalind rosamund
    rose rosemary roxana ruth sabine sadie sally samantha sandra sara sarah seema selma sharon sheila shirley silvia
    simone sinead sofia solveig sonia sophia sophie stella stephanie sunita susan susanna svetlana sylvia tamara tania
    tatiana teresa theresa tracy ursula valentina valerie vanessa vera veronica victoria viola
    violet virginia vivienne
    wendy yasmin yolanda yvonne zainab zara zoe
    """
)
#: Whom a pronoun may mean as well as the person named before.
PEOPLE = _words(
    """
    accountant adviser aide ambassador analyst applicant assistant attorney author baker banker barrister
    boss boy brother
    builder buyer captain champion chef chemist child clerk client coach colleague colonel
    commander consultant customer
    cyclist daughter defendant deputy detective diplomat doctor driver economist editor employee engineer envoy expert
    farmer father firefighter fisherman friend geologist girl goalkeeper governor guard husband inspector investigator
    investor journalist judge landlord lawyer leader lecturer lieutenant magistrate man manager
    mayor mechanic merchant
    minister mother motorist neighbor neighbour nurse officer official opponent owner paramedic
    passenger pastor patient
    pedestrian pensioner pilot player plumber policeman policewoman politician porter president
    priest prisoner professor
    prosecutor pupil receptionist referee reporter researcher resident retiree rival runner sailor scientist secretary
    seller sergeant sister skipper soldier solicitor son spokesman spokesperson spokeswoman striker student supervisor
    surgeon survivor suspect swimmer teacher teenager tenant thief tourist trader trainer victim
    visitor waiter waitress
    widow widower wife winner witness woman worker
    """
)
